import { AgentError } from '../../vocabulary/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../../vocabulary/json.ts';

/** A refusal to use a seccomp profile: what is wrong, at which field. */
export const misconfigured = (message: string): AgentError =>
  new AgentError({
    code: 'configuration',
    message,
    remedy: 'restore the file; schemas/seccomp-profile.schema.json says what stands there',
  });

/** The value as an object that has no key but these. */
export const objectOf = (value: unknown, keys: readonly string[], at: string): JsonObject => {
  if (!isJsonObject(value)) throw misconfigured(`\`${at}\` is no object`);
  for (const key of Object.keys(value)) {
    if (!keys.includes(key)) throw misconfigured(`\`${at}.${key}\` is unknown`);
  }
  return value;
};

/** The items of the list under `key`, each read by `parse`, which is told where the item stands. */
export const listOf = <Item>(
  object: JsonObject,
  key: string,
  at: string,
  parse: (value: unknown, at: string) => Item,
): readonly Item[] => {
  const value = ownValue(object, key);
  if (!Array.isArray(value) || value.length === 0) {
    throw misconfigured(`\`${at}.${key}\` is no list, or an empty one`);
  }
  return value.map((item, index) => parse(item, `${at}.${key}[${index}]`));
};

/** The value as one of the words of a closed list. */
export const oneOf = <Word extends string>(
  value: unknown,
  words: readonly Word[],
  at: string,
): Word => {
  const word = words.find((candidate) => candidate === value);
  if (word === undefined) throw misconfigured(`\`${at}\` is none of ${words.join(', ')}`);
  return word;
};

/** The value as an integer from `lowest` to `highest`. */
export const integerOf = (value: unknown, lowest: number, highest: number, at: string): number => {
  const whole = typeof value === 'number' && Number.isSafeInteger(value);
  if (!whole || value < lowest || value > highest) {
    throw misconfigured(`\`${at}\` is no integer from ${lowest} to ${highest}`);
  }
  return value;
};

/** What stands under `key`, read by `parse`; undefined where nothing does. */
export const optional = <Parsed>(
  object: JsonObject,
  key: string,
  at: string,
  parse: (value: JsonValue, at: string) => Parsed,
): Parsed | undefined => {
  const value = ownValue(object, key);
  return value === undefined ? undefined : parse(value, `${at}.${key}`);
};
