import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../vocabulary/json.ts';
import { violation } from './frame.ts';

/** A head whose own keys are exactly those named; anything more or less is a violation. */
export const exactly = (value: unknown, keys: readonly string[]): JsonObject => {
  if (!isJsonObject(value)) throw violation('expected an object');
  const own = Object.keys(value);
  if (own.length !== keys.length || !keys.every((key) => Object.hasOwn(value, key))) {
    throw violation(`expected exactly the fields \`${keys.join(', ')}\``);
  }
  return value;
};

/** A whole number from 0 to 2^53 - 1. */
export const count = (object: JsonObject, key: string): number => {
  const value = ownValue(object, key);
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw violation(`field \`${key}\` is not a count`);
  }
  return value;
};

/** A string of at most `max` UTF-16 units. */
export const text = (object: JsonObject, key: string, max: number): string => {
  const value = ownValue(object, key);
  if (typeof value !== 'string' || value.length > max) {
    throw violation(`field \`${key}\` is not a string of at most ${max}`);
  }
  return value;
};

/** One word of a closed list. */
export const word = <Word extends string>(
  object: JsonObject,
  key: string,
  words: readonly Word[],
): Word => {
  const value = ownValue(object, key);
  const found = words.find((candidate) => candidate === value);
  if (found === undefined) throw violation(`field \`${key}\` is none of \`${words.join(', ')}\``);
  return found;
};

/** Distinct words of a closed list. */
export const wordList = <Word extends string>(
  object: JsonObject,
  key: string,
  words: readonly Word[],
): readonly Word[] => {
  const value: JsonValue | undefined = ownValue(object, key);
  if (!Array.isArray(value) || value.length > words.length || new Set(value).size < value.length) {
    throw violation(`field \`${key}\` is not a list of distinct words`);
  }
  const items: readonly JsonValue[] = value;
  return items.map((item) => word({ [key]: item }, key, words));
};
