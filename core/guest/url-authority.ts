import { ENCODE_SETS, percentEncode } from './url-encode.ts';
import { parseHost } from './url-host.ts';
import { defaultPort, isSpecial, type UrlRecord } from './url-record.ts';

/** `user:password@host:port`. @returns false for a failure */
export const takeAuthority = (url: UrlRecord, authority: string): boolean => {
  const at = authority.lastIndexOf('@');
  const place = authority.slice(at + 1);
  if (at >= 0) {
    if (place === '') return false;
    takeUser(url, authority.slice(0, at));
  }
  const { host, port } = splitPlace(place);
  if (host === '' && (isSpecial(url) || port !== null)) return false;
  return takeHost(url, host) && (port === null || takePort(url, port));
};

const takeUser = (url: UrlRecord, text: string): void => {
  const colon = text.indexOf(':');
  url.username = percentEncode(colon < 0 ? text : text.slice(0, colon), ENCODE_SETS.userinfo);
  url.password = colon < 0 ? '' : percentEncode(text.slice(colon + 1), ENCODE_SETS.userinfo);
};

/** At the first colon outside of brackets. */
export const splitPlace = (place: string): { host: string; port: string | null } => {
  const [host = ''] = /^(?:\[[^\]]*(?:\]|$)|[^:[])*/.exec(place) ?? [];
  return { host, port: place.length > host.length ? place.slice(host.length + 1) : null };
};

export const takeHost = (url: UrlRecord, text: string): boolean => {
  const host = text === '' ? '' : parseHost(text, isSpecial(url));
  if (host === null) return false;
  url.host = host;
  return true;
};

/** A file's host; `localhost` says nothing. */
export const takeFileHost = (url: UrlRecord, text: string): boolean => {
  const host = text === '' ? '' : parseHost(text, true);
  if (host === null) return false;
  url.host = host === 'localhost' ? '' : host;
  return true;
};

export const takePort = (url: UrlRecord, text: string): boolean => {
  if (text === '') return true;
  if (!/^[0-9]+$/.test(text) || Number(text) > 65_535) return false;
  url.port = Number(text) === defaultPort(url.scheme) ? null : Number(text);
  return true;
};
