import { define, getPrototypeOf } from './primordials.ts';
import { standInFor } from './stand-in.ts';

/**
 * Our one choice about eval: a guest has no way to run text as code. `eval` is not permitted, and the
 * constructors of all four kinds of function throw. (The isolate would be no weaker with it; without
 * it, what a reviewer reads is what runs.)
 */
export const refuseCodeFromText = (): void => {
  async function asyncFunction(): Promise<void> {}
  function* generator(): Generator {}
  async function* asyncGenerator(): AsyncGenerator {}
  for (const example of [isPlain, asyncFunction, generator, asyncGenerator]) {
    const prototype = getPrototypeOf(example);
    if (prototype === null) continue;
    standInFor(prototype, prototype.constructor.name, function refuse(): never {
      throw new EvalError('code from text is refused');
    });
  }
  define(globalThis, 'Function', Function.prototype.constructor);
};

const isPlain = (): boolean => true;
