/** A parsed URL (URL §4.1). The host is serialised; a path that is one string is an opaque path. */
export interface UrlRecord {
  scheme: string;
  username: string;
  password: string;
  host: string | null;
  port: number | null;
  path: string[] | string;
  query: string | null;
  fragment: string | null;
}

const DEFAULT_PORTS: ReadonlyMap<string, number | null> = new Map([
  ['ftp', 21],
  ['file', null],
  ['http', 80],
  ['https', 443],
  ['ws', 80],
  ['wss', 443],
]);

export const isSpecial = ({ scheme }: UrlRecord): boolean => DEFAULT_PORTS.has(scheme);
export const defaultPort = (scheme: string): number | null => DEFAULT_PORTS.get(scheme) ?? null;

export const emptyUrl = (): UrlRecord => ({
  scheme: '',
  username: '',
  password: '',
  host: null,
  port: null,
  path: [],
  query: null,
  fragment: null,
});

export const hostText = ({ host, port }: UrlRecord): string =>
  port === null ? (host ?? '') : `${host}:${port}`;

export const pathText = ({ path }: UrlRecord): string =>
  typeof path === 'string' ? path : path.map((segment) => `/${segment}`).join('');

/** The URL serializer (URL §4.5). */
export const urlText = (url: UrlRecord): string => {
  const { scheme, username, password, host, path, query, fragment } = url;
  let text = `${scheme}:`;
  if (host !== null) {
    const secret = password === '' ? '' : `:${password}`;
    const user = username === '' && password === '' ? '' : `${username}${secret}@`;
    text += `//${user}${hostText(url)}`;
  } else if (typeof path !== 'string' && path.length > 1 && path[0] === '') text += '/.';
  text += pathText(url);
  if (query !== null) text += `?${query}`;
  return fragment === null ? text : `${text}#${fragment}`;
};
