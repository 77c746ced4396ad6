// The one path matcher. Policy, the re-validation before a step and the storage gateway all ask it, so a
// path has the same verdict in all three. It compares bytes by whole segment and never cleans: a path or
// prefix that is not canonical is covered by nothing (attacks 90, 91, 93).

/** Characters that make a pattern a glob; `/**` at the end is the only one that is understood. */
const GLOB = /[*?[\]{}\\]/;

/**
 * The folder prefix that a policy pattern stands for: `/a/b/**` and `/a/b` are both `/a/b`, the folder
 * and all below it. Undefined for everything else: relative, another glob, `..`, the whole file system.
 */
export const toPrefix = (pattern: string): string | undefined => {
  const prefix = pattern.endsWith('/**') ? pattern.slice(0, -3) : pattern;
  return isCanonical(prefix) && !GLOB.test(prefix) ? prefix : undefined;
};

/** True when `absolute` is the folder `prefix` or lies below it. */
export const covers = (prefix: string, absolute: string): boolean =>
  isCanonical(prefix) &&
  isCanonical(absolute) &&
  (absolute === prefix || absolute.startsWith(`${prefix}/`));

/** True when one of the prefixes covers `absolute`. */
export const isCovered = (prefixes: readonly string[], absolute: string): boolean =>
  prefixes.some((prefix) => covers(prefix, absolute));

/** True for `/a/b`: absolute, no empty, `.` or `..` segment, no slash at the end, no control character. */
export const isCanonical = (path: string): boolean =>
  path.startsWith('/') && path.slice(1).split('/').every(isPlainSegment);

const isPlainSegment = (segment: string): boolean =>
  segment !== '' && segment !== '.' && segment !== '..' && !/\p{Cc}/u.test(segment);
