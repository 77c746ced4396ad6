// Every name comes from a stranger: a request, a model's plan, a guest, or whoever named a file on disk.
// A name that could be read in two ways is refused, never cleaned: what policy saw, what the person
// approved and what is opened must be the same bytes (attacks 90, 92, 93, 95).

/** Kernel limits: NAME_MAX, and PATH_MAX less its closing NUL. */
const MAX_SEGMENT_BYTES = 255;
export const MAX_PATH_BYTES = 4095;

/** Control, format (bidi, zero width, U+FEFF), line separators, everything that is drawn as nothing. */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\ufffd]/u;

/** Look-alikes of `/` and `\` that compatibility normalisation leaves alone. */
const SLASH_LIKE = /[\u2044\u2215\u2216\u2571\u2572\u27cb\u27cd\u29f5\u29f8\u29f9]/;

/** `.`, `/`, `\`, `~`, `%` or NUL in percent-encoding, however often it was encoded. */
const ENCODED = /%(?:25)*(?:00|25|2e|2f|5c|7e)/i;

/** Names that need no closer look: most of them. */
const ORDINARY = /^[A-Za-z0-9_-](?:[A-Za-z0-9_ .-]{0,200}[A-Za-z0-9_-])?$/;

/** What is wrong with one segment of a path, in words; undefined for a plain name. */
export const segmentProblem = (segment: string): string | undefined =>
  ORDINARY.test(segment) ? undefined : problemOf(segment);

const problemOf = (segment: string): string | undefined => {
  if (segment === '') return 'empty segment';
  if (segment === '.' || segment === '..') return 'dot segment';
  if (!segment.isWellFormed()) return 'lone surrogate';
  if (INVISIBLE.test(segment)) return 'control or invisible character';
  if (segment.includes('/')) return 'slash';
  if (segment.includes('\\')) return 'backslash';
  if (segment !== segment.normalize('NFC')) return 'not in normalisation form C';
  if (hasLookAlike(segment)) return 'look-alike of a dot or slash';
  if (ENCODED.test(segment)) return 'percent-encoded dot or slash';
  if (/^[~\s]|[.\s]$/u.test(segment)) return 'tilde, space or dot at an end';
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) return 'segment too long';
  return undefined;
};

/** What is wrong with a relative path (`a/b`), in words; undefined for a plain one. */
export const relativeProblem = (relative: string): string | undefined => {
  // The length in UTF-16 units first, so that a huge name costs nothing.
  if (relative.length > MAX_PATH_BYTES) return 'path too long';
  for (const segment of relative.split('/')) {
    const problem = segmentProblem(segment);
    if (problem !== undefined) return problem;
  }
  return Buffer.byteLength(relative) > MAX_PATH_BYTES ? 'path too long' : undefined;
};

// A character beyond ASCII that some other program would fold to one that means something in a path.
const hasLookAlike = (segment: string): boolean =>
  SLASH_LIKE.test(segment) || /[./\\~%]/.test(segment.replace(/\p{ASCII}/gu, '').normalize('NFKC'));
