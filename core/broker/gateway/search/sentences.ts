import type { TextUnit } from './text-units.ts';

/** A sentence, or a part of one that is too long for a passage, and the units that it touches. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly firstUnit: number;
  readonly lastUnit: number;
  /** False for a part of a longer sentence. */
  readonly complete: boolean;
  /** Sentences of one paragraph share a number. */
  readonly paragraph: number;
}

export interface WindowSize {
  readonly maxLines: number;
  readonly maxChars: number;
}

// Where a sentence ends: a full stop before a new beginning (a lower-case letter continues an
// abbreviation), an empty line (group 1), or a line that opens a list item, quotation or heading. Each
// repetition runs over characters that no other start can run over again, so a hostile text costs linear
// time (attack 56).
const ENDS =
  /[.!?]["'”’»)\]]*(?=\s+[^a-z\s]|\s*$)|(\n[ \t\r\n]*(?=\n))|\n(?=[ \t]*(?:[-*#>•]|\d{1,3}[.)])[ \t])/g;

/** A text of more sentences than this is quoted from its beginning only: a bound on time and memory. */
const MOST_SENTENCES = 40_000;

/** The sentences of a text's units in order, cut where one alone would not fit a passage. */
export const sentences = (
  text: string,
  units: readonly TextUnit[],
  size: WindowSize,
): readonly Sentence[] => {
  const found: Sentence[] = [];
  let unit = 0;
  let paragraph = 0;
  let from = 0;

  const unitAt = (offset: number): number => {
    while ((units[unit + 1]?.start ?? Number.POSITIVE_INFINITY) <= offset) unit += 1;
    return unit;
  };

  const take = (end: number): void => {
    const [start, stop] = withoutSpace(text, from, end);
    from = end;
    if (start >= stop) return;
    const firstUnit = unitAt(start);
    const lastUnit = unitAt(stop - 1);
    if (fits(units, firstUnit, lastUnit, size))
      found.push({ start, end: stop, firstUnit, lastUnit, complete: true, paragraph });
    else
      for (const [first, last] of parts(units, firstUnit, lastUnit, size))
        found.push({
          start: Math.max(start, units[first]?.start ?? start),
          end: Math.min(stop, units[last]?.end ?? stop),
          firstUnit: first,
          lastUnit: last,
          complete: false,
          paragraph,
        });
  };

  const end = units.at(-1)?.end ?? 0;
  for (const match of text.slice(0, end).matchAll(ENDS)) {
    if (found.length >= MOST_SENTENCES) return found;
    take(match.index + match[0].length);
    if (match[1] !== undefined) paragraph += 1;
  }
  take(end);
  return found;
};

/** True when these whole units make a passage of allowed size. */
export const fits = (
  units: readonly TextUnit[],
  first: number,
  last: number,
  size: WindowSize,
): boolean =>
  last - first < size.maxLines &&
  (units[last]?.end ?? 0) - (units[first]?.start ?? 0) <= size.maxChars;

const parts = (
  units: readonly TextUnit[],
  first: number,
  last: number,
  size: WindowSize,
): readonly (readonly [number, number])[] => {
  const found: [number, number][] = [];
  let from = first;
  for (let unit = first + 1; unit <= last; unit += 1)
    if (!fits(units, from, unit, size)) {
      found.push([from, unit - 1]);
      from = unit;
    }
  found.push([from, last]);
  return found;
};

const withoutSpace = (text: string, from: number, to: number): readonly [number, number] => {
  const isSpace = (unit: number): boolean => unit <= 0x20 || unit === 0xa0 || unit === 0xfeff;
  let start = from;
  let end = to;
  while (start < end && isSpace(text.charCodeAt(start))) start += 1;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end -= 1;
  return [start, end];
};
