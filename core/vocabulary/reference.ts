import { isJsonObject, type JsonObject, type JsonValue, ownValue } from './json.ts';

/**
 * A typed reference from one step to an earlier result: `{"$from": "<step>", "pointer": "/text"}`.
 * It is fixed at planning, and it is all there is: no expression language (attack 148).
 */
export interface Reference {
  readonly $from: string;
  /** RFC 6901; the empty string is the whole result. */
  readonly pointer: string;
}

/** The reference that this value is, or undefined. An object that is nearly one is none. */
export const asReference = (value: JsonValue): Reference | undefined => {
  if (!isJsonObject(value) || Object.keys(value).length !== 2) return undefined;
  const from = ownValue(value, '$from');
  const pointer = ownValue(value, 'pointer');
  if (typeof from !== 'string' || typeof pointer !== 'string') return undefined;
  return pointer === '' || pointer.startsWith('/') ? { $from: from, pointer } : undefined;
};

/** Every reference in a step's parameters, at any depth. */
export const referencesIn = (value: JsonValue): readonly Reference[] => {
  const found = asReference(value);
  if (found !== undefined) return [found];
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  return isJsonObject(value) ? Object.values(value).flatMap(referencesIn) : [];
};

/**
 * The parameters with each reference replaced by what it points at. `resultOf` answers the whole
 * result of a step; a reference to nothing becomes undefined and the whole answer is undefined.
 */
export const withResults = (
  value: JsonValue,
  resultOf: (step: string) => JsonValue | undefined,
): JsonValue | undefined => {
  const reference = asReference(value);
  if (reference !== undefined) {
    const result = resultOf(reference.$from);
    return result === undefined ? undefined : at(result, reference.pointer);
  }
  if (Array.isArray(value)) {
    const items = value.map((item) => withResults(item, resultOf));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isJsonObject(value)) return value;
  const filled: Record<string, JsonValue> = Object.create(null);
  for (const [key, item] of Object.entries(value)) {
    const result = withResults(item, resultOf);
    if (result === undefined) return undefined;
    filled[key] = result;
  }
  return filled as JsonObject;
};

/** The value at a JSON pointer, own properties only. */
export const at = (value: JsonValue, pointer: string): JsonValue | undefined => {
  let here: JsonValue | undefined = value;
  for (const raw of pointer === '' ? [] : pointer.slice(1).split('/')) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(here)) here = /^(0|[1-9]\d{0,8})$/.test(key) ? here[Number(key)] : undefined;
    else if (here !== undefined && isJsonObject(here)) here = ownValue(here, key);
    else return undefined;
  }
  return here;
};
