import { getOwnPropertyDescriptor, getPrototypeOf } from './primordials.ts';

/** The realm's objects that no global names, each by the syntax that makes one of its kind. */
export const findUnnamed = (): { readonly [path: string]: unknown } => {
  async function asyncFunction(): Promise<void> {}
  function* generator(): Generator {}
  async function* asyncGenerator(): AsyncGenerator {}
  const prototype = (value: object): object => getPrototypeOf(value) ?? value;
  const list: unknown = [].values();
  const iterators = list as { map(change: (item: unknown) => unknown): object };
  const { Iterator: iteratorClass } = globalThis as unknown as {
    Iterator: { from(iterator: object): object };
  };
  const stack = getOwnPropertyDescriptor(new Error(), 'stack');
  const asyncIterators = prototype(asyncGenerator.prototype);
  return {
    __proto__: null,
    global: globalThis,
    '%TypedArray%': prototype(Uint8Array),
    '%AsyncFunction%': prototype(asyncFunction),
    '%GeneratorFunction%': prototype(generator),
    '%AsyncGeneratorFunction%': prototype(asyncGenerator),
    '%AsyncIterator%': prototype(asyncIterators),
    '%ArrayIterator%': prototype([].values()),
    '%StringIterator%': prototype(''[Symbol.iterator]()),
    '%MapIterator%': prototype(new Map().values()),
    '%SetIterator%': prototype(new Set().values()),
    '%RegExpStringIterator%': prototype(''.matchAll(/a/g)),
    '%IteratorHelper%': prototype(iterators.map((item) => item)),
    '%StackGetter%': stack?.get,
    '%StackSetter%': stack?.set,
    '%WrapForValidIterator%': prototype(iteratorClass.from({ next: () => ({ done: true }) })),
  };
};
