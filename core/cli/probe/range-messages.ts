import { type PluginId, parsePluginId } from '../../vocabulary/ids.ts';
import { isJsonObject, type JsonObject, ownValue } from '../../vocabulary/json.ts';

/** What the broker of a range is given to run next. Its text is hostile; the rest is ours. */
export interface LoadRequest {
  /** The place of the script in the run: its clock stands there. */
  readonly number: number;
  readonly plugin: PluginId;
  /** Source of a plugin whose step is `summarize`. */
  readonly source: string;
  /** Where every random number of the step comes from. */
  readonly seed: string;
}

/** What it answers, among the lines of its service log. */
export type RangeAnswer =
  | { readonly range: 'loaded'; readonly number: number }
  | { readonly range: 'peak'; readonly bytes: number };

/** Bytes of one request: the largest script, written as JSON. */
export const MOST_REQUEST_BYTES: number = 8 * 1024 * 1024;

export const encodeLoad = (request: LoadRequest): string => `${JSON.stringify(request)}\n`;

/** @throws TypeError for anything else: only the process that started the range writes here */
export const parseLoad = (line: string): LoadRequest => {
  const value: unknown = JSON.parse(line);
  if (!isJsonObject(value)) throw new TypeError('expected an object');
  const [number, source, seed] = ['number', 'source', 'seed'].map((key) => ownValue(value, key));
  const plugin = parsePluginId(ownValue(value, 'plugin'));
  if (
    typeof number !== 'number' ||
    typeof source !== 'string' ||
    typeof seed !== 'string' ||
    plugin === undefined
  ) {
    throw new TypeError('expected `number`, `plugin`, `source` and `seed`');
  }
  return { number, plugin, source, seed };
};

export const encodeRangeAnswer = (answer: RangeAnswer): string => `${JSON.stringify(answer)}\n`;

/** Undefined for a line of the log. A guest's text stands inside such a line, never as one. */
export const parseRangeAnswer = (line: string): RangeAnswer | undefined => {
  const value = objectOf(line);
  if (value === undefined) return undefined;
  const range = ownValue(value, 'range');
  const number = ownValue(value, 'number');
  const bytes = ownValue(value, 'bytes');
  if (range === 'loaded' && typeof number === 'number') return { range, number };
  if (range === 'peak' && typeof bytes === 'number') return { range, bytes };
  return undefined;
};

const objectOf = (line: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
