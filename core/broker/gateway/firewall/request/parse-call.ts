import { type JsonNode, readJson } from './read-json.ts';

/** A tool call as a request states it, before any rule was asked. */
export interface StatedCall {
  readonly tool: string;
  readonly params: readonly (readonly [string, JsonNode])[];
}

export type CallReading =
  | { readonly ok: true; readonly call: StatedCall }
  | { readonly ok: false; readonly status: 400 | 413; readonly text: string };

export const MOST_BODY_BYTES: number = 64 * 1024;

type Field = 'tool' | 'params' | 'args';
const FIELDS: readonly Field[] = ['tool', 'params', 'args'];

/** Reads the body of an evaluate request (wire contract sections 18, 32.15). */
export const parseCall = (body: Uint8Array): CallReading => {
  if (body.length > MOST_BODY_BYTES) return refused('request too large', 413);
  const root = readJson(body);
  if (root === undefined) return INVALID;
  if (root === null) return { ok: true, call: { tool: '', params: [] } };
  if (typeof root !== 'object' || !('members' in root)) return INVALID;

  let tool = '';
  const objects = new Map<'params' | 'args', (readonly [string, JsonNode])[]>();
  for (const [key, value] of root.members) {
    const field = FIELDS.find((name) => name === folded(key));
    if (field === undefined) return INVALID;
    // A null states nothing, and takes back an object that was stated before.
    if (value === null) {
      if (field !== 'tool') objects.delete(field);
    } else if (field === 'tool') {
      if (typeof value !== 'string') return INVALID;
      tool = value;
    } else {
      if (typeof value !== 'object' || !('members' in value)) return INVALID;
      objects.set(field, [...(objects.get(field) ?? []), ...value.members]);
    }
  }
  if (objects.size > 1) return refused('params and args cannot both be supplied', 400);
  return { ok: true, call: { tool, params: objects.get('params') ?? objects.get('args') ?? [] } };
};

const refused = (text: string, status: 400 | 413): CallReading => ({ ok: false, status, text });
const INVALID: CallReading = refused('invalid request body', 400);

// The peer folds case as Unicode does, where the long s is an s.
const folded = (key: string): string => key.replaceAll('\u017f', 's').toLowerCase();
