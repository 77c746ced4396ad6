import { freeze, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } from './primordials.ts';

export const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

const { isFrozen } = Object;

/** Freezes these objects and all that they lead to. What is frozen already is taken as done. */
export const freezeGraph = (roots: Iterable<object>): void => {
  const found = new Set<object>(roots);
  const reach = (value: unknown): void => {
    if (isObject(value) && !isFrozen(value)) found.add(value);
  };
  for (const object of found) {
    if (object === globalThis) continue;
    freeze(object);
    reach(getPrototypeOf(object));
    for (const key of ownKeys(object)) {
      const descriptor = getOwnPropertyDescriptor(object, key);
      reach(descriptor?.value);
      reach(descriptor?.get);
      reach(descriptor?.set);
    }
  }
};
