import { sizeText } from '../broker/plan/size-text.ts';
import { isJsonObject, type JsonObject, type JsonValue, ownValue } from '../vocabulary/json.ts';
import { hitLines } from './hit-lines.ts';
import { counted, linesOf, text } from './shown-text.ts';

/** What a completed step gave, as lines for a person; none where there is nothing to show. */
export const resultLines = (step: JsonObject): readonly string[] => {
  const result = ownValue(step, 'result');
  if (text(step, 'status') !== 'completed' || result === undefined || !isJsonObject(result))
    return [];
  if (typeof ownValue(result, 'cut') === 'string')
    return [`${sizeOf(result, 'bytes')}, too much to show here (--json names where it is whole)`];
  switch (text(step, 'action')) {
    case 'local_search':
      return hitLines(result);
    case 'summarize':
    case 'report':
      return linesOf(rawText(result, 'text'));
    case 'read_file':
      return [
        `${text(result, 'path')} (${sizeOf(result, 'size')}${ownValue(result, 'complete') === false ? ', its beginning' : ''}):`,
        ...linesOf(rawText(result, 'content')),
      ];
    case 'write_file':
    case 'overwrite_file':
      return [
        `written: ${text(result, 'path')} (${sizeOf(result, 'size')}, sha256 ${text(result, 'sha256').slice(0, 12)})`,
      ];
    default:
      return Object.entries(result)
        .filter(([name]) => name !== 'ok')
        .map(([name]) => `${name}: ${text(result, name)}`);
  }
};

const rawText = (object: JsonObject, key: string): string => {
  const value: JsonValue | undefined = ownValue(object, key);
  return typeof value === 'string' ? value : '';
};

const sizeOf = (object: JsonObject, key: string): string => {
  const size = ownValue(object, key);
  return typeof size === 'number' ? sizeText(size) : 'size not known';
};

/** The first lines of a result, and how many more there are. */
export const firstLines = (lines: readonly string[], most: number): readonly string[] =>
  lines.length <= most
    ? lines
    : [...lines.slice(0, most), `… ${counted(lines.length - most, 'more line')}`];
