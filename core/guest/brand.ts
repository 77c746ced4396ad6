import { apply, getOwnPropertyDescriptor, getPrototypeOf } from './primordials.ts';

/** What an object is by its internal slots, whatever its prototype or its tag says. */
export type Brand =
  /** Nothing that a copy could be made of. */
  | 'Opaque'
  | 'Array'
  | 'ArrayBuffer'
  | 'BigInt'
  | 'Boolean'
  | 'DataView'
  | 'Date'
  | 'Error'
  | 'Map'
  | 'Number'
  | 'Object'
  | 'RegExp'
  | 'Set'
  | 'String'
  | 'TypedArray';

const { isArray } = Array;
const objectPrototype = Object.prototype;
const { toString: tagOf } = objectPrototype;
const { isError } = Error as unknown as { isError(value: unknown): boolean };
const getterOf = (object: object, key: PropertyKey): (() => unknown) =>
  getOwnPropertyDescriptor(object, key)?.get as () => unknown;

/** The getter of `%TypedArray%.prototype[@@toStringTag]`: undefined for everything else. */
export const typedTag: () => unknown = getterOf(
  getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
);
export const typedValues: (this: object) => Iterator<unknown> = Uint8Array.prototype.values;

/** Each throws for an object that lacks the slot. */
const PROBES: readonly (readonly [Brand, (this: never) => unknown])[] = [
  ['Map', getterOf(Map.prototype, 'size')],
  ['Set', getterOf(Set.prototype, 'size')],
  ['Date', Date.prototype.getTime],
  ['ArrayBuffer', getterOf(ArrayBuffer.prototype, 'byteLength')],
  ['DataView', getterOf(DataView.prototype, 'byteLength')],
  ['String', String.prototype.valueOf],
  ['Number', Number.prototype.valueOf],
  ['Boolean', Boolean.prototype.valueOf],
  ['BigInt', BigInt.prototype.valueOf],
  ['RegExp', getterOf(RegExp.prototype, 'source')],
];

/** A guest may lie about a prototype, and then its own copy or log line is the poorer. */
export const brandOf = (object: object): Brand => {
  if (isArray(object)) return 'Array';
  const prototype = getPrototypeOf(object);
  if (prototype === objectPrototype || prototype === null) return 'Object';
  if (isError(object)) return 'Error';
  if (apply(typedTag, object, []) !== undefined) return 'TypedArray';
  for (const [brand, probe] of PROBES) {
    try {
      apply(probe, object, []);
      return brand;
    } catch {
      // it has another brand
    }
  }
  // Promises, generators, weak maps and their like answer to a tag, which plain objects lack.
  return apply(tagOf, object, []) === '[object Object]' ? 'Object' : 'Opaque';
};
