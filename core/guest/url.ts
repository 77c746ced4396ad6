import { cleanPart, parseUrl, takeFragment, takeQuery } from './url-parse.ts';
import { hostText, isSpecial, pathText, type UrlRecord, urlText } from './url-record.ts';
import { makeSearchParams } from './url-search-params.ts';
import { setHost, setPath, setPort, setScheme, setUser } from './url-setters.ts';

/** The classes `URL` and `URLSearchParams`, which know one another. Made once, when first asked for. */
export const urlClasses = (): { readonly URL: object; readonly URLSearchParams: object } => {
  made ??= makeUrlClasses();
  return made;
};
let made: ReturnType<typeof makeUrlClasses> | undefined;

const parseText = (text: unknown, base: unknown): UrlRecord | null => {
  if (base === undefined) return parseUrl(String(text), null);
  const against = parseUrl(String(base), null);
  return against && parseUrl(String(text), against);
};

const makeUrlClasses = (): { readonly URL: object; readonly URLSearchParams: object } => {
  const { URLSearchParams, attach } = makeSearchParams();

  /** The class `URL` (URL §6.1), without object URLs. */
  class URL {
    #url: UrlRecord;
    readonly #params: object = new URLSearchParams();

    constructor(text: unknown, base?: unknown) {
      const url = parseText(text, base);
      if (url === null) throw new TypeError('invalid URL');
      this.#url = url;
      attach(this.#params, url.query ?? '', (query) => {
        this.#url.query = query === '' ? null : query;
      });
    }

    static canParse(text: unknown, base?: unknown): boolean {
      return parseText(text, base) !== null;
    }
    static parse(text: unknown, base?: unknown): URL | null {
      return URL.canParse(text, base) ? new URL(text, base) : null;
    }

    get href(): string {
      return urlText(this.#url);
    }
    set href(text: unknown) {
      const url = parseUrl(String(text), null);
      if (url === null) throw new TypeError('invalid URL');
      this.#url = url;
      attach(this.#params, url.query ?? '');
    }
    get origin(): string {
      return originOf(this.#url);
    }
    get protocol(): string {
      return `${this.#url.scheme}:`;
    }
    set protocol(text: unknown) {
      setScheme(this.#url, String(text));
    }
    get username(): string {
      return this.#url.username;
    }
    set username(text: unknown) {
      setUser(this.#url, 'username', String(text));
    }
    get password(): string {
      return this.#url.password;
    }
    set password(text: unknown) {
      setUser(this.#url, 'password', String(text));
    }
    get host(): string {
      return hostText(this.#url);
    }
    set host(text: unknown) {
      setHost(this.#url, String(text), true);
    }
    get hostname(): string {
      return this.#url.host ?? '';
    }
    set hostname(text: unknown) {
      setHost(this.#url, String(text), false);
    }
    get port(): string {
      return String(this.#url.port ?? '');
    }
    set port(text: unknown) {
      setPort(this.#url, String(text));
    }
    get pathname(): string {
      return pathText(this.#url);
    }
    set pathname(text: unknown) {
      setPath(this.#url, String(text));
    }
    get search(): string {
      return this.#url.query ? `?${this.#url.query}` : '';
    }
    set search(text: unknown) {
      const query = String(text);
      if (query === '') this.#url.query = null;
      else takeQuery(this.#url, cleanPart(query.replace(/^\?/, '')));
      attach(this.#params, this.#url.query ?? '');
    }
    get searchParams(): object {
      return this.#params;
    }
    get hash(): string {
      return this.#url.fragment ? `#${this.#url.fragment}` : '';
    }
    set hash(text: unknown) {
      const fragment = String(text);
      if (fragment === '') this.#url.fragment = null;
      else takeFragment(this.#url, cleanPart(fragment.replace(/^#/, '')));
    }
    toString(): string {
      return this.href;
    }
    toJSON(): string {
      return this.href;
    }
    get [Symbol.toStringTag](): string {
      return 'URL';
    }
  }
  return { URL, URLSearchParams };
};

const originOf = (url: UrlRecord): string => {
  if (url.scheme === 'blob') {
    const inner = parseUrl(pathText(url), null);
    return inner && /^https?$/.test(inner.scheme) ? originOf(inner) : 'null';
  }
  return isSpecial(url) && url.scheme !== 'file' ? `${url.scheme}://${hostText(url)}` : 'null';
};
