import { takeAuthority, takeFileHost } from './url-authority.ts';
import { ENCODE_SETS, percentEncode } from './url-encode.ts';
import { driveOf, shortenPath, startsWithDrive, takePath, takePathStart } from './url-path.ts';
import { emptyUrl, isSpecial, type UrlRecord } from './url-record.ts';

/** Whole characters without the tabs and line breaks that a URL may be broken at. */
export const cleanPart = (text: string): string => text.toWellFormed().replace(/[\t\n\r]/g, '');

/**
 * A URL from text, perhaps relative to another: what the state machine of the URL standard (§4.4) accepts,
 * part by part, as the first `#` and the first `?` end whatever stands before them.
 * @returns null for a failure
 */
export const parseUrl = (input: string, base: UrlRecord | null): UrlRecord | null => {
  const url = emptyUrl();
  const text = cleanPart(input.replace(/^[\0-\x20]+|[\0-\x20]+$/g, ''));
  const [rest, fragment] = splitAt(text, '#');
  const [main, query] = splitAt(rest, '?');
  if (!takeMain(url, main, query, fragment, base)) return null;
  if (query !== null) takeQuery(url, query);
  if (fragment !== null) takeFragment(url, fragment);
  return url;
};

const splitAt = (text: string, mark: string): readonly [string, string | null] => {
  const at = text.indexOf(mark);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
};

export const takeQuery = (url: UrlRecord, text: string): void => {
  const set = isSpecial(url) ? ENCODE_SETS.specialQuery : ENCODE_SETS.query;
  url.query = percentEncode(text, set);
};

export const takeFragment = (url: UrlRecord, text: string): void => {
  url.fragment = percentEncode(text, ENCODE_SETS.fragment);
};

/** Scheme, authority and path. The rest matters to it only where a base lends what is not given. */
const takeMain = (
  url: UrlRecord,
  main: string,
  query: string | null,
  fragment: string | null,
  base: UrlRecord | null,
): boolean => {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:)/i.exec(main)?.[0];
  if (scheme === undefined) {
    if (base === null) return false;
    url.scheme = base.scheme;
    if (typeof base.path !== 'string') {
      return base.scheme === 'file' ? takeFile(url, main, base) : takeRelative(url, main, base);
    }
    if (main !== '' || query !== null || fragment === null) return false;
    takePlace(url, base);
    url.path = base.path;
    return true;
  }
  url.scheme = scheme.toLowerCase();
  const rest = main.slice(scheme.length + 1);
  if (url.scheme === 'file') return takeFile(url, rest, base?.scheme === 'file' ? base : null);
  if (isSpecial(url)) {
    return base?.scheme === url.scheme && !rest.startsWith('//')
      ? takeRelative(url, rest, base)
      : takeAuthorityAndPath(url, rest.replace(/^[/\\]+/, ''));
  }
  if (rest.startsWith('//')) return takeAuthorityAndPath(url, rest.slice(2));
  if (rest.startsWith('/')) takePath(url, rest.slice(1));
  else url.path = opaquePath(rest, query !== null || fragment !== null);
  return true;
};

/** A blank at the end of it would be lost when the URL is parsed again. */
const opaquePath = (text: string, goesOn: boolean): string => {
  const path = percentEncode(text, ENCODE_SETS.control);
  return goesOn && path.endsWith(' ') ? `${path.slice(0, -1)}%20` : path;
};

const takePlace = (url: UrlRecord, base: UrlRecord): void => {
  url.username = base.username;
  url.password = base.password;
  url.host = base.host;
  url.port = base.port;
  url.query = base.query;
};

/** Begins with the base's own path. @returns true where the text adds nothing to it */
const takeBasePath = (url: UrlRecord, text: string, base: UrlRecord): boolean => {
  takePlace(url, base);
  url.path = [...base.path];
  if (text === '') return true;
  url.query = null;
  return false;
};

const takeRelative = (url: UrlRecord, text: string, base: UrlRecord): boolean => {
  const [first, second] = text;
  const isSlash = (c: string | undefined) => c === '/' || (c === '\\' && isSpecial(url));
  if (isSlash(first) && isSlash(second)) {
    return takeAuthorityAndPath(url, isSpecial(url) ? text.replace(/^[/\\]+/, '') : text.slice(2));
  }
  if (isSlash(first)) {
    takePlace(url, base);
    url.query = null;
    takePath(url, text.slice(1));
  } else if (!takeBasePath(url, text, base)) {
    shortenPath(url);
    takePath(url, text);
  }
  return true;
};

const takeAuthorityAndPath = (url: UrlRecord, text: string): boolean => {
  const length = text.search(isSpecial(url) ? /[/\\]/ : /\//);
  if (!takeAuthority(url, length < 0 ? text : text.slice(0, length))) return false;
  takePathStart(url, length < 0 ? '' : text.slice(length));
  return true;
};

const takeFile = (url: UrlRecord, text: string, base: UrlRecord | null): boolean => {
  url.host = '';
  const slashes = /^[/\\]{0,2}/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(slashes);
  switch (slashes) {
    case 2: {
      const [host = ''] = /^[^/\\]*/.exec(rest) ?? [];
      if (/^[a-z][:|]$/i.test(host)) {
        takePath(url, rest);
        return true;
      }
      if (!takeFileHost(url, host)) return false;
      takePathStart(url, rest.slice(host.length));
      return true;
    }
    case 1: {
      if (base !== null) {
        url.host = base.host;
        const drive = driveOf(base);
        if (drive !== undefined && !startsWithDrive(rest)) url.path = [drive];
      }
      takePath(url, rest);
      return true;
    }
    default:
      if (base !== null && takeBasePath(url, text, base)) return true;
      if (startsWithDrive(text)) url.path = [];
      else if (base !== null) shortenPath(url);
      takePath(url, text);
      return true;
  }
};
