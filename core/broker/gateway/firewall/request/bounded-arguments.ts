import type { Argument, ArgumentObject } from './argument.ts';
import { isPlainName } from './plain-name.ts';
import type { JsonNode } from './read-json.ts';

/** How far a call's arguments may go (wire contract section 18). */
const BOUNDS = { depth: 32, nodes: 10_000, members: 128, items: 4_096 } as const;

export type BoundedArguments =
  | { readonly ok: true; readonly params: ArgumentObject }
  | { readonly ok: false; readonly reason: string };

type Members = readonly (readonly [string, JsonNode])[];

/** The arguments of a call where they keep within the bounds, else the reason of the refusal. */
export const boundArguments = (members: Members): BoundedArguments => {
  const params = new Map(members);
  if (params.size > BOUNDS.members) return { ok: false, reason: 'too many parameters' };
  for (const name of params.keys()) {
    if (!isPlainName(name)) return { ok: false, reason: 'invalid parameter name' };
  }
  try {
    return { ok: true, params: boundObject(params, { depth: 0, nodes: { left: BOUNDS.nodes } }) };
  } catch (thrown) {
    if (!(thrown instanceof OutOfBounds)) throw thrown;
    return { ok: false, reason: 'invalid or excessively nested parameter value' };
  }
};

/** Carries the refusal out of the recursion; never leaves this file. */
class OutOfBounds extends Error {
  override readonly name = 'OutOfBounds';
}

interface Place {
  readonly depth: number;
  readonly nodes: { left: number };
}

// INVARIANT: entered at most `depth` times within itself, so that a hostile text costs no stack.
const boundNode = (node: JsonNode, place: Place): Argument => {
  if (place.depth > BOUNDS.depth) throw new OutOfBounds();
  if (node !== null && typeof node === 'object' && 'members' in node) {
    return boundObject(new Map(node.members), place);
  }
  countNode(place);
  if (node === null || typeof node !== 'object') return node;
  if ('items' in node) {
    if (node.items.length > BOUNDS.items) throw new OutOfBounds();
    const inner = { ...place, depth: place.depth + 1 };
    return node.items.map((item) => boundNode(item, inner));
  }
  if (!Number.isFinite(Number(node.literal))) throw new OutOfBounds();
  return { literal: node.literal };
};

const boundObject = (members: ReadonlyMap<string, JsonNode>, place: Place): ArgumentObject => {
  countNode(place);
  if (members.size > BOUNDS.members) throw new OutOfBounds();
  const inner = { ...place, depth: place.depth + 1 };
  const bounded = new Map<string, Argument>();
  for (const [name, value] of members) {
    if (!isPlainName(name)) throw new OutOfBounds();
    bounded.set(name, boundNode(value, inner));
  }
  return bounded;
};

const countNode = ({ nodes }: Place): void => {
  nodes.left -= 1;
  if (nodes.left < 0) throw new OutOfBounds();
};
