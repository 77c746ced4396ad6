import { Buffer } from 'node:buffer';
import type { JsonObject, JsonValue } from '../vocabulary/json.ts';
import { violation } from './frame.ts';

/** What data of a guest may measure: UTF-8 bytes, levels, and arrays and objects in all. */
export interface DataSize {
  readonly bytes: number;
  readonly depth: number;
  readonly nodes: number;
}

/**
 * JSON text that a guest had a hand in, as data. The size is capped by bytes, and the number of arrays and
 * objects *before* `JSON.parse`, because five million `[` take it half a gigabyte (attacks 38, 39, 49). A
 * key `__proto__` becomes an inert own property, as `JSON.parse` makes it; readers look at own ones only.
 *
 * Without a compiler a look at each character takes 100 ms a megabyte, and the broker serves nobody
 * meanwhile; so all that reads characters here is native code.
 * @returns undefined for what an honest guest may say too, and is refused politely: too deep, too many
 * @throws violation
 */
export const parseGuestJson = (
  text: string,
  { bytes, depth, nodes }: DataSize,
): JsonValue | undefined => {
  if (text.length > bytes || Buffer.byteLength(text) > bytes) {
    throw violation(`json of more than ${bytes} bytes`);
  }
  if (hasMoreNodes(text, nodes)) return undefined;
  const value = parse(text);
  return isDeeperThan(value, depth) ? undefined : value;
};

const parse = (text: string): JsonValue => {
  try {
    return JSON.parse(text);
  } catch {
    throw violation('malformed json');
  }
};

const STRING = /"(?:[^"\\]|\\.)*"/gs;

/** Brackets within strings count only where there are many: leaving them out takes a copy of the text. */
const hasMoreNodes = (text: string, nodes: number): boolean =>
  hasMoreBrackets(text, nodes) && hasMoreBrackets(text.replace(STRING, ''), nodes);

const hasMoreBrackets = (text: string, most: number): boolean => {
  let found = 0;
  for (const bracket of ['[', '{']) {
    let at = text.indexOf(bracket);
    while (at >= 0 && found <= most) {
      found += 1;
      at = text.indexOf(bracket, at + 1);
    }
  }
  return found > most;
};

type Container = JsonObject | readonly JsonValue[];

/**
 * Level by level, so that no depth of the data can exhaust the stack. The look at each item stands in the
 * loop itself: a call for each of half a million items takes 100 ms.
 */
export const isDeeperThan = (value: JsonValue, limit: number): boolean => {
  let level: readonly Container[] = typeof value === 'object' && value !== null ? [value] : [];
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    const below: Container[] = [];
    for (const container of level) {
      for (const item of itemsOf(container)) {
        if (typeof item === 'object' && item !== null) below.push(item);
      }
    }
    level = below;
  }
  return false;
};

const itemsOf = (container: Container): readonly JsonValue[] =>
  isList(container) ? container : Object.values(container);

const isList = (container: Container): container is readonly JsonValue[] =>
  Array.isArray(container);
