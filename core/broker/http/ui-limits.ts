import type { JsonValue } from '../../vocabulary/json.ts';

/** What the UI proxy takes of one reply (wire contract section 22); beyond it the user sees an error. */
export const UI_LIMITS = {
  bytes: 2_097_152,
  nodes: 10_000,
  /** Counted with the outermost object as the first level. */
  depth: 12,
  /** Of a string; code points there, UTF-16 units here, which are never fewer. */
  characters: 65_536,
  /** Of one key, and of the keys of one object: the proxy means one of the two. */
  keys: 256,
} as const;

export interface ReplySize {
  readonly bytes: number;
  readonly nodes: number;
}

/** How much of the limits a value takes: bytes of its JSON text, and its values, containers included. */
export const replySize = (value: JsonValue): ReplySize => ({
  bytes: Buffer.byteLength(JSON.stringify(value)),
  nodes: countNodes(value),
});

const countNodes = (value: JsonValue): number => {
  if (value === null || typeof value !== 'object') return 1;
  let nodes = 1;
  for (const item of Object.values(value)) nodes += countNodes(item);
  return nodes;
};
