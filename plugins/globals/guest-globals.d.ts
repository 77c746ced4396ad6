/**
 * The globals that a step finds beside the language's own. All of them live inside the step's isolate and
 * its limits; there is no `fetch`, no `setInterval`, no `process` and no `require`.
 *
 * Of the language itself are missing: `eval` and every other way to run text as code, `Temporal`, `WeakRef`,
 * `FinalizationRegistry`, `SharedArrayBuffer`, `Atomics`, `WebAssembly`, resizable and transferable
 * buffers, `Intl.DateTimeFormat` and `Intl.DurationFormat`. `Date` and `Math.random` give each step one
 * moment and one seed, in UTC.
 */

/**
 * Each call is a line of the step's log: at most 200 lines of 1024 characters, 16 384 in all, the rest is
 * counted. Values are shown much like JSON; there are no `%s` patterns. A step that is stopped for its time
 * or memory loses its log.
 */
declare const console: {
  readonly debug: (...values: unknown[]) => void;
  readonly error: (...values: unknown[]) => void;
  readonly info: (...values: unknown[]) => void;
  readonly log: (...values: unknown[]) => void;
  readonly warn: (...values: unknown[]) => void;
};

/**
 * Runs a function later if the step still runs then: real time, although the clock stands still. 64 timers
 * at once, each counts as a call of the step, and no delay is longer than the step may last. A callback that
 * throws ends the step. Text is not run as code.
 */
declare function setTimeout<Args extends readonly unknown[]>(
  callback: (...args: Args) => void,
  ms?: number,
  ...args: Args
): number;
declare function clearTimeout(id: number | undefined): void;

/**
 * A deep copy: plain objects, arrays, Map, Set, Date, RegExp, errors, buffers and their views, boxed
 * primitives, rings. Everything else throws a `DataCloneError`, and so does a transfer.
 */
declare function structuredClone<Value>(value: Value): Value;

/** Base64 to a string of one character a byte. Throws an `InvalidCharacterError`. */
declare function atob(text: string): string;
declare function btoa(text: string): string;

declare class TextEncoder {
  readonly encoding: 'utf-8';
  encode(text?: string): Uint8Array<ArrayBuffer>;
  encodeInto(
    text: string,
    destination: Uint8Array<ArrayBuffer>,
  ): { readonly read: number; readonly written: number };
}

/** UTF-8 alone. */
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  readonly encoding: 'utf-8';
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(input?: ArrayBuffer | ArrayBufferView, options?: { readonly stream?: boolean }): string;
}

/**
 * As the web has it, but a domain name beyond ASCII is refused (there are no tables of IDNA here), an
 * `xn--` label is taken as it is, and there are no object URLs.
 */
declare class URL {
  constructor(text: string | URL, base?: string | URL);
  static canParse(text: string | URL, base?: string | URL): boolean;
  static parse(text: string | URL, base?: string | URL): URL | null;
  href: string;
  readonly origin: string;
  protocol: string;
  username: string;
  password: string;
  host: string;
  hostname: string;
  port: string;
  pathname: string;
  search: string;
  readonly searchParams: URLSearchParams;
  hash: string;
  toString(): string;
  toJSON(): string;
}

/** Its iterators walk over what it held when they were made. */
declare class URLSearchParams {
  constructor(
    init?:
      | string
      | URLSearchParams
      | Iterable<readonly [string, string]>
      | { readonly [name: string]: string },
  );
  readonly size: number;
  append(name: string, value: string): void;
  delete(name: string, value?: string): void;
  get(name: string): string | null;
  getAll(name: string): string[];
  has(name: string, value?: string): boolean;
  set(name: string, value: string): void;
  sort(): void;
  forEach(callback: (value: string, name: string, params: URLSearchParams) => void): void;
  keys(): IterableIterator<string>;
  values(): IterableIterator<string>;
  entries(): IterableIterator<[string, string]>;
  [Symbol.iterator](): IterableIterator<[string, string]>;
  toString(): string;
}
