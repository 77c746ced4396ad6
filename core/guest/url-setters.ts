import { splitPlace, takeFileHost, takeHost, takePort } from './url-authority.ts';
import { ENCODE_SETS, percentEncode } from './url-encode.ts';
import { cleanPart } from './url-parse.ts';
import { takePathStart } from './url-path.ts';
import { defaultPort, isSpecial, type UrlRecord } from './url-record.ts';

/** What the attributes of a URL do when they are set (URL §6.1). What does not fit changes nothing. */

const hasUser = ({ username, password }: UrlRecord): boolean => username !== '' || password !== '';
const hasNoPlace = ({ host, scheme }: UrlRecord): boolean =>
  host === null || host === '' || scheme === 'file';

export const setScheme = (url: UrlRecord, text: string): void => {
  const scheme = /^[a-z][a-z0-9+.-]*(?=:|$)/i.exec(cleanPart(text))?.[0].toLowerCase();
  if (scheme === undefined || isSpecial({ ...url, scheme }) !== isSpecial(url)) return;
  if (scheme === 'file' && (hasUser(url) || url.port !== null)) return;
  if (url.scheme === 'file' && url.host === '') return;
  url.scheme = scheme;
  if (url.port === defaultPort(scheme)) url.port = null;
};

export const setUser = (url: UrlRecord, part: 'username' | 'password', text: string): void => {
  if (!hasNoPlace(url)) url[part] = percentEncode(text.toWellFormed(), ENCODE_SETS.userinfo);
};

export const setHost = (url: UrlRecord, text: string, withPort: boolean): void => {
  if (typeof url.path === 'string') return;
  const [place = ''] = (isSpecial(url) ? /^[^/\\?#]*/ : /^[^/?#]*/).exec(cleanPart(text)) ?? [];
  if (url.scheme === 'file') {
    takeFileHost(url, place);
    return;
  }
  const { host, port } = splitPlace(place);
  if (host === '' && (port !== null || isSpecial(url) || hasUser(url) || url.port !== null)) return;
  if (port !== null && !withPort) return;
  if (takeHost(url, host) && port !== null) takePort(url, leadingDigits(port));
};

const leadingDigits = (text: string): string => /^[0-9]*/.exec(text)?.[0] ?? '';

export const setPort = (url: UrlRecord, text: string): void => {
  if (hasNoPlace(url)) return;
  if (text === '') url.port = null;
  else takePort(url, leadingDigits(cleanPart(text)));
};

export const setPath = (url: UrlRecord, text: string): void => {
  if (typeof url.path === 'string') return;
  url.path = [];
  const path = cleanPart(text);
  if (path === '' && url.host === null) url.path.push('');
  else takePathStart(url, path);
};
