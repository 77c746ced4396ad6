import { isJsonObject, type JsonObject, ownValue } from '../vocabulary/json.ts';
import { counted, fit, MOST_COLUMNS, text, visible } from './shown-text.ts';

const MOST_HITS = 10;
/** Room for what stands before these lines. */
const INDENT = 8;

/** The hits of a search: each file with the line, of those that are quoted, that holds most of the query's words. */
export const hitLines = (result: JsonObject): readonly string[] => {
  const found = ownValue(result, 'hits');
  const hits = (Array.isArray(found) ? found : []).filter(isJsonObject);
  const words =
    text(result, 'query')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return [
    `${headOf(hits.length, result)}`,
    ...hits.slice(0, MOST_HITS).map((hit) => `  ${hitLine(hit, words)}`),
    ...(hits.length > MOST_HITS ? [`  and ${counted(hits.length - MOST_HITS, 'more file')}`] : []),
    ...notes(result),
  ];
};

const headOf = (count: number, result: JsonObject): string => {
  const searched = ownValue(result, 'searched');
  const of = typeof searched === 'number' ? counted(searched, 'file') : 'the files';
  if (count === 0) return `nothing found in ${of}`;
  return `found in ${count} of ${of}${count === 1 ? '' : ', best first'}:`;
};

const notes = (result: JsonObject): readonly string[] => {
  const leftOut = ownValue(result, 'left_out');
  const skipped = ownValue(result, 'skipped');
  const reason = ownValue(result, 'reason');
  return [
    ...(typeof reason === 'string' ? [visible(reason)] : []),
    ...(typeof leftOut === 'number' && leftOut > 0
      ? [`left out, above what this task may see: ${counted(leftOut, 'file')}`]
      : []),
    ...(typeof skipped === 'number' && skipped > 0
      ? [`not searched, too large or too many: ${counted(skipped, 'file')}`]
      : []),
  ];
};

const hitLine = (hit: JsonObject, words: readonly string[]): string => {
  const told = (line: string): number =>
    words.filter((word) => line.toLowerCase().includes(word)).length - (isProse(line) ? 0 : 0.5);
  const [best] = quotedLines(hit).toSorted((a, b) => told(b.line) - told(a.line));
  const path = text(hit, 'path');
  return fit(best === undefined ? path : `${path}:${best.at}  ${best.line}`, MOST_COLUMNS - INDENT);
};

const isProse = (line: string): boolean => !/^[|#<]/.test(line);

const quotedLines = (
  hit: JsonObject,
): readonly { readonly at: number; readonly line: string }[] => {
  const passages = ownValue(hit, 'passages');
  return (Array.isArray(passages) ? passages : []).filter(isJsonObject).flatMap((passage) => {
    const quoted = ownValue(passage, 'text');
    const first = Number(ownValue(passage, 'first_line'));
    const lines = typeof quoted === 'string' ? quoted.split('\n') : [];
    return lines.map((line, place) => ({
      at: first + place,
      line: visible(line.replace(/\s+/g, ' ').trim()),
    }));
  });
};
