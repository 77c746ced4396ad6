import { Buffer } from 'node:buffer';
import type { JsonObject, JsonValue } from '../vocabulary/json.ts';
import { violation } from './frame.ts';

/** Deeper data is refused: nothing that a step may say needs it, and recursive readers could overflow. */
export const MAX_DEPTH = 64;
/** More arrays and objects are refused: each of them costs its reader a hundred times its two bytes. */
export const MAX_CONTAINERS = 65_536;

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
export const parseGuestJson = (text: string, maxBytes: number): JsonValue | undefined => {
  if (text.length > maxBytes || Buffer.byteLength(text) > maxBytes) {
    throw violation(`json of more than ${maxBytes} bytes`);
  }
  if (hasTooManyContainers(text)) return undefined;
  const value = parse(text);
  return isDeeperThan(value, MAX_DEPTH) ? undefined : value;
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
const hasTooManyContainers = (text: string): boolean =>
  hasMoreBrackets(text) && hasMoreBrackets(text.replace(STRING, ''));

const hasMoreBrackets = (text: string): boolean => {
  let found = 0;
  for (const bracket of ['[', '{']) {
    let at = text.indexOf(bracket);
    while (at >= 0 && found <= MAX_CONTAINERS) {
      found += 1;
      at = text.indexOf(bracket, at + 1);
    }
  }
  return found > MAX_CONTAINERS;
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
