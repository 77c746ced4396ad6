import {
  apply,
  data,
  defineProperty,
  freeze,
  getOwnPropertyDescriptor,
  ownKeys,
} from './primordials.ts';

/** Names that ordinary code assigns on its own objects although a frozen prototype has them. */
const ASSIGNABLE = [
  'constructor',
  'name',
  'message',
  'toString',
  'valueOf',
  'toLocaleString',
  'hasOwnProperty',
];

const prototypes = (): readonly object[] => [
  Object.prototype,
  Function.prototype,
  Error.prototype,
  AggregateError.prototype,
  EvalError.prototype,
  RangeError.prototype,
  ReferenceError.prototype,
  SyntaxError.prototype,
  TypeError.prototype,
  URIError.prototype,
];

/**
 * Freezes all that is left of the realm, so that no plugin byte can change what another, or this
 * program, relies on (attacks 6, 7, 9). The global object alone stays open, for the plugin's own names.
 */
export const harden = (realm: ReadonlySet<object>): void => {
  defineProperty(Error, 'stackTraceLimit', data(10));
  defineProperty(Error, 'prepareStackTrace', data(undefined));
  for (const prototype of prototypes()) for (const key of ASSIGNABLE) letAssign(prototype, key);
  for (const object of realm) if (object !== globalThis) freeze(object);
};

/** What stands on the global object now stays there as it is. */
export const lockGlobal = (): void => {
  for (const key of ownKeys(globalThis)) {
    const isPlain = 'value' in (getOwnPropertyDescriptor(globalThis, key) ?? {});
    const locked = isPlain ? { writable: false, configurable: false } : { configurable: false };
    defineProperty(globalThis, key, locked);
  }
};

/**
 * A frozen prototype's plain property forbids `error.name = …` on every object below it. As an accessor
 * it reads the same, and assigning gives the receiver a property of its own.
 */
const letAssign = (prototype: object, key: string): void => {
  const descriptor = getOwnPropertyDescriptor(prototype, key);
  if (descriptor === undefined || !('value' in descriptor) || !descriptor.configurable) return;
  const { value, enumerable = false } = descriptor;
  const accessor = {
    get: () => value,
    set(this: object, given: unknown): void {
      if (this === prototype) throw new TypeError('the language is frozen');
      const own = { value: given, writable: true, enumerable: true, configurable: true };
      apply(defineOwn, undefined, [this, key, own]);
    },
  };
  freeze(accessor.get);
  freeze(accessor.set);
  defineProperty(prototype, key, { ...accessor, enumerable, configurable: false });
};

const defineOwn = Object.defineProperty;
