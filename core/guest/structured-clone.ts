import { type Brand, brandOf, typedTag } from './brand.ts';
import {
  apply,
  construct,
  defineProperty,
  getOwnPropertyDescriptor,
  mapEntries,
  setValues,
} from './primordials.ts';

/**
 * A deep copy as HTML's structured clone makes it (HTML §2.7), without a transfer: cycles and shared parts
 * stay what they are, buffers are copied, prototypes and accessors are not kept. What has a tag of
 * its own, a promise or an object of a tagged class, is refused, and so are functions and symbols.
 */
export const structuredClone = (value: unknown, options?: { transfer?: unknown }): unknown => {
  const { transfer } = options ?? {};
  if (transfer !== undefined) throw uncloneable('a transfer');
  return copy(value, new Map());
};

type Copies = Map<object, unknown>;

const copy = (value: unknown, copies: Copies): unknown => {
  switch (typeof value) {
    case 'function':
    case 'symbol':
      throw uncloneable(`a ${typeof value}`);
    case 'object':
      break;
    default:
      return value;
  }
  if (value === null) return null;
  if (copies.has(value)) return copies.get(value);
  return copyObject(value, brandOf(value), copies);
};

const copyObject = (object: object, brand: Brand, copies: Copies): unknown => {
  const keep = <Copy>(made: Copy): Copy => {
    copies.set(object, made);
    return made;
  };
  switch (brand) {
    case 'Boolean':
    case 'Number':
    case 'String':
    case 'BigInt':
      return keep(Object((object as { valueOf(): unknown }).valueOf()));
    case 'Date':
      return keep(new Date(apply(getTime, object, [])));
    case 'RegExp':
      return keep(new RegExp((object as RegExp).source, (object as RegExp).flags));
    case 'ArrayBuffer':
      return keep(apply(sliceBuffer, object, [0]));
    case 'DataView':
    case 'TypedArray':
      return keep(copyView(object as ArrayBufferView, brand, copies));
    case 'Map': {
      const made = keep(new Map());
      for (const [key, item] of [...apply(mapEntries, object, [])]) {
        made.set(copy(key, copies), copy(item, copies));
      }
      return made;
    }
    case 'Set': {
      const made = keep(new Set());
      for (const item of [...apply(setValues, object, [])]) made.add(copy(item, copies));
      return made;
    }
    case 'Error':
      return copyError(object, keep, copies);
    case 'Array': {
      const made = keep([] as unknown[]);
      made.length = (object as unknown[]).length;
      return copyProperties(object, made, copies);
    }
    case 'Object':
      return copyProperties(object, keep({}), copies);
    case 'Opaque':
      throw uncloneable('such an object');
    default: {
      const never: never = brand;
      throw uncloneable(never);
    }
  }
};

const copyProperties = (from: object, to: object, copies: Copies): object => {
  for (const key of keysOf(from)) {
    // A getter may have taken the property away.
    if (getOwnPropertyDescriptor(from, key) === undefined) continue;
    const value = copy((from as { [key: string]: unknown })[key], copies);
    const descriptor = { value, writable: true, enumerable: true, configurable: true };
    defineProperty(to, key, descriptor);
  }
  return to;
};

const copyView = (view: ArrayBufferView, brand: Brand, copies: Copies): object => {
  const buffer = copy(view.buffer, copies);
  if (brand === 'DataView') {
    return new DataView(buffer as ArrayBuffer, view.byteOffset, view.byteLength);
  }
  const View = VIEWS[apply(typedTag, view, []) as string] as TypedArrayClass;
  const { length } = view as Uint8Array;
  return construct(View, [buffer, view.byteOffset, length]);
};

type TypedArrayClass = new (...args: unknown[]) => object;
const VIEWS = {
  __proto__: null,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float16Array: (globalThis as { Float16Array?: unknown }).Float16Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
} as { readonly [name: string]: unknown };

/** Only the classes of the language have a name that a copy keeps. */
const ERROR_CLASSES = {
  __proto__: null,
  Error,
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
} as unknown as { readonly [name: string]: new (message?: string) => Error };

const copyError = (error: object, keep: (made: object) => object, copies: Copies): object => {
  const { name, message, stack } = error as { name: unknown; message: unknown; stack: unknown };
  const Made = ERROR_CLASSES[String(name)] ?? Error;
  const made = keep(message === undefined ? new Made() : new Made(String(message)));
  const hidden = { writable: true, enumerable: false, configurable: true };
  if (typeof stack === 'string') defineProperty(made, 'stack', { ...hidden, value: stack });
  const cause = getOwnPropertyDescriptor(error, 'cause');
  if (cause && 'value' in cause) {
    defineProperty(made, 'cause', { ...hidden, value: copy(cause.value, copies) });
  }
  return made;
};

const uncloneable = (what: string): Error => {
  const error = new Error(`${what} could not be cloned`);
  error.name = 'DataCloneError';
  return error;
};

const { keys: keysOf } = Object;
const { getTime } = Date.prototype;
const { slice: sliceBuffer } = ArrayBuffer.prototype;
