import { freezeGraph } from './freeze-graph.ts';
import { define, defineProperty } from './primordials.ts';

/** A global of ours, frozen with all that it reaches. */
export const installGlobal = (name: string, value: object): void => {
  freezeGraph([value]);
  define(globalThis, name, value);
};

/**
 * A global that is made when somebody first asks for it: each step has a fresh isolate, and most steps
 * use few of them. What is made then is made of frozen parts, so it does not matter who ran before.
 */
export const lazyGlobal = (name: string, make: () => object): void => {
  let made: object | undefined;
  const get = (): object => {
    if (made === undefined) {
      made = make();
      freezeGraph([made]);
    }
    return made;
  };
  define(get, 'name', `get ${name}`);
  freezeGraph([get]);
  defineProperty(globalThis, name, { get, enumerable: false, configurable: true });
};
