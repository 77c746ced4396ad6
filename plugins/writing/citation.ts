import type { Sentence } from '../text/sentences.ts';

/** `path:12` or `path:12-14`. */
export const placeOf = (
  path: string | undefined,
  { first_line, last_line }: Pick<Sentence, 'first_line' | 'last_line'>,
): string => `${path ?? 'line'}${path === undefined ? ' ' : ':'}${linesOf(first_line, last_line)}`;

/** A text as code in Markdown, whatever backticks it holds. */
export const asCode = (text: string): string => {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${text}${fence}` : `${fence} ${text} ${fence}`;
};

const linesOf = (first: number, last: number): string =>
  first === last ? String(first) : `${first}-${last}`;
