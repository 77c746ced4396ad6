import { isObject } from './freeze-graph.ts';
import { formText, type Pair, parseForm } from './url-form.ts';

/** What the class `URL` may do with the parameters that belong to one of its objects. */
export interface SearchParams {
  readonly URLSearchParams: new (init?: unknown) => object;
  /** Reads the pairs anew from a query, and from now on tells of each change. */
  readonly attach: (params: object, query: string, changed?: (query: string) => void) => void;
}

/** The class `URLSearchParams` (URL §6.2). Its iterators walk over what it held when they were made. */
export const makeSearchParams = (): SearchParams => {
  let attach: SearchParams['attach'] = () => {};
  class URLSearchParams {
    #pairs: Pair[] = [];
    #changed: ((query: string) => void) | undefined;

    static {
      attach = (params, query, changed) => {
        const own = params as URLSearchParams;
        own.#pairs = parseForm(query);
        own.#changed = changed ?? own.#changed;
      };
    }

    constructor(init: unknown = '') {
      this.#pairs = isObject(init) ? pairsOf(init) : parseForm(text(init).replace(/^\?/, ''));
    }

    get size(): number {
      return this.#pairs.length;
    }
    append(name: unknown, value: unknown): void {
      this.#become([...this.#pairs, [text(name), text(value)]]);
    }
    delete(name: unknown, value?: unknown): void {
      const matches = matcher(name, value);
      this.#become(this.#pairs.filter((pair) => !matches(pair)));
    }
    get(name: unknown): string | null {
      return this.#pairs.find(matcher(name))?.[1] ?? null;
    }
    getAll(name: unknown): string[] {
      return this.#pairs.filter(matcher(name)).map(([, value]) => value);
    }
    has(name: unknown, value?: unknown): boolean {
      return this.#pairs.some(matcher(name, value));
    }
    set(name: unknown, value: unknown): void {
      const pair: Pair = [text(name), text(value)];
      const matches = matcher(name);
      const first = this.#pairs.findIndex(matches);
      if (first < 0) this.#become([...this.#pairs, pair]);
      else {
        const before = this.#pairs.slice(0, first);
        const behind = this.#pairs.slice(first + 1).filter((other) => !matches(other));
        this.#become([...before, pair, ...behind]);
      }
    }
    sort(): void {
      this.#become(this.#pairs.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
    }
    forEach(callback: (value: string, name: string, params: object) => void, self?: unknown): void {
      for (const [name, value] of this.#pairs) callback.call(self, value, name, this);
    }
    keys(): IterableIterator<string> {
      return this.#pairs.map(([name]) => name).values();
    }
    values(): IterableIterator<string> {
      return this.#pairs.map(([, value]) => value).values();
    }
    entries(): IterableIterator<Pair> {
      return this.#pairs.map(([name, value]): Pair => [name, value]).values();
    }
    [Symbol.iterator](): IterableIterator<Pair> {
      return this.entries();
    }
    toString(): string {
      return formText(this.#pairs);
    }
    get [Symbol.toStringTag](): string {
      return 'URLSearchParams';
    }

    #become(pairs: Pair[]): void {
      this.#pairs = pairs;
      this.#changed?.(formText(pairs));
    }
  }
  return { URLSearchParams, attach };
};

const text = (value: unknown): string => String(value).toWellFormed();

const matcher = (name: unknown, value?: unknown): ((pair: Pair) => boolean) => {
  const wanted = text(name);
  if (value === undefined) return (pair) => pair[0] === wanted;
  const exact = text(value);
  return (pair) => pair[0] === wanted && pair[1] === exact;
};

/** From pairs, or from an object's own names and values. */
const pairsOf = (init: object): Pair[] => {
  if (Symbol.iterator in init) {
    return Array.from(init as Iterable<Iterable<unknown>>, (item) => {
      const pair = [...item];
      if (pair.length !== 2) throw new TypeError('expected pairs of a name and a value');
      return [text(pair[0]), text(pair[1])];
    });
  }
  return Object.entries(init).map(([name, value]) => [text(name), text(value)]);
};
