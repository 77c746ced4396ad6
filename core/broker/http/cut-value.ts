import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';
import { UI_LIMITS } from './ui-limits.ts';

/** How much of a value is shown. */
export interface Cut {
  /** Characters of a string, the marker not counted. */
  readonly characters: number;
  /** Items of an array, fields of an object. */
  readonly items: number;
  /** Levels, the value's own counted. */
  readonly levels: number;
  /** Where the whole is, for the marker; null where it is served nowhere. */
  readonly whole: string | null;
  /** What may still be copied; below zero the copy is worthless and its making ends at once. */
  readonly meter: { nodes: number };
}

/**
 * A value cut to size, each cut marked where it was made. Its cost follows what is kept, not what was there:
 * a result is the data of strangers, and a list shows many of them.
 */
export const cutValue = (value: JsonValue, cut: Cut): JsonValue => {
  cut.meter.nodes -= 1;
  if (cut.meter.nodes < 0) return null;
  if (typeof value === 'string') return cutText(value, cut);
  if (value === null || typeof value !== 'object') return value;
  if (cut.levels <= 1) return isEmpty(value) ? value : mark('what lies deeper', cut);
  return isList(value) ? cutArray(value, cut) : cutObject(value, cut);
};

const isList = (value: JsonObject | readonly JsonValue[]): value is readonly JsonValue[] =>
  Array.isArray(value);

const isEmpty = (value: object): boolean => Object.keys(value).length === 0;

const cutText = (text: string, cut: Cut): string => {
  if (text.length <= cut.characters) return text;
  const last = text.charCodeAt(cut.characters - 1);
  const end = last >= 0xd800 && last <= 0xdbff ? cut.characters - 1 : cut.characters;
  return `${text.slice(0, Math.max(0, end))}${mark(`${text.length} characters`, cut)}`;
};

const cutArray = (list: readonly JsonValue[], cut: Cut): JsonValue => {
  const kept = list.slice(0, cut.items).map((item) => cutValue(item, deeper(cut)));
  return list.length <= cut.items ? kept : [...kept, mark(`${list.length} items`, cut)];
};

const cutObject = (object: JsonObject, cut: Cut): JsonValue => {
  const kept: Record<string, JsonValue> = Object.create(null);
  const keys = Object.keys(object);
  let left = Math.min(cut.items, UI_LIMITS.keys - 1);
  for (const key of keys) {
    if (left === 0) break;
    if (key.length > UI_LIMITS.keys) continue;
    kept[key] = cutValue(object[key] ?? null, deeper(cut));
    left -= 1;
  }
  if (Object.keys(kept).length < keys.length) kept['…'] = mark(`${keys.length} fields`, cut);
  return kept;
};

const deeper = (cut: Cut): Cut => ({ ...cut, levels: cut.levels - 1 });

const mark = (what: string, { whole }: Cut): string =>
  `… [cut: ${what}${whole === null ? '' : `; whole at ${whole}`}]`;
