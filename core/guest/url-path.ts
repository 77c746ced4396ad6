import { ENCODE_SETS, percentEncode } from './url-encode.ts';
import { isSpecial, type UrlRecord } from './url-record.ts';

/** `C:` or `C|`, at the end of the text or before a slash (URL §4.1, Windows drive letters). */
export const startsWithDrive = (text: string): boolean => /^[a-z][:|](?:[/\\]|$)/i.test(text);
const isNormalDrive = (segment: string | undefined): segment is string =>
  segment !== undefined && /^[a-z]:$/i.test(segment);

/** The drive with which a file's path begins, if it does. */
export const driveOf = ({ path }: UrlRecord): string | undefined =>
  isNormalDrive(path[0]) ? path[0] : undefined;

/** Takes the last segment away; a file's drive stays. */
export const shortenPath = (url: UrlRecord): void => {
  if (typeof url.path === 'string') return;
  if (url.scheme === 'file' && url.path.length === 1 && driveOf(url) !== undefined) return;
  url.path.pop();
};

/** What follows the host: nothing is a path only where the scheme is special. */
export const takePathStart = (url: UrlRecord, text: string): void => {
  if (text === '' && !isSpecial(url)) return;
  takePath(url, /^[/\\]/.test(text) && (text[0] === '/' || isSpecial(url)) ? text.slice(1) : text);
};

/** Adds the segments of a text to the path; dots climb and stay, as in a file system. */
export const takePath = (url: UrlRecord, text: string): void => {
  const { path } = url;
  if (typeof path === 'string') return;
  const segments = text.split(isSpecial(url) ? /[/\\]/ : '/');
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    const dots = segment.replace(/%2e/gi, '.');
    if (dots === '..') shortenPath(url);
    if (dots === '..' || dots === '.') {
      if (isLast) path.push('');
    } else if (url.scheme === 'file' && path.length === 0 && /^[a-z][:|]$/i.test(segment)) {
      path.push(`${segment[0]}:`);
    } else path.push(percentEncode(segment, ENCODE_SETS.path));
  }
};
