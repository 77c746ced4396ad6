// Captured before any plugin byte, and used by everything else in this folder instead of the names.

export const { apply, construct, defineProperty, deleteProperty, getOwnPropertyDescriptor } =
  Reflect;
export const { getPrototypeOf, ownKeys } = Reflect;
export const { freeze } = Object;
export const { fromCharCode } = String;

export const { push, values: arrayValues } = Array.prototype;
export const { entries: mapEntries } = Map.prototype;
export const { values: setValues } = Set.prototype;
export const { then } = Promise.prototype;
export const { slice } = String.prototype;

/** JSON text that the cell or this program made: its shape is the caller's to name. */
export const parse: <Shape>(text: string) => Shape = JSON.parse;
/** Undefined for what is no data: a function, a symbol, undefined. */
export const stringify: (value: unknown) => string | undefined = JSON.stringify;

/** Indirect, so that a plugin's source runs as a script of the global scope. */
// biome-ignore lint/security/noGlobalEval: how the source gets in; guests lose their own eval
export const evaluate: (source: string) => unknown = globalThis.eval;

/** A property descriptor to which no prototype can lend attributes. */
export const data = (value: unknown): PropertyDescriptor =>
  ({ __proto__: null, value, enumerable: true }) as PropertyDescriptor;

/** Defines a property as the language defines its own: writable, configurable, not enumerable. */
export const define = (object: object, key: PropertyKey, value: unknown): void => {
  const descriptor = { __proto__: null, value, writable: true, configurable: true };
  if (!defineProperty(object, key, descriptor as PropertyDescriptor)) {
    throw new TypeError('an intrinsic could not be replaced');
  }
};
