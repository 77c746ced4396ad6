import { brandOf, typedTag, typedValues } from './brand.ts';
import {
  apply,
  arrayValues,
  getOwnPropertyDescriptor,
  mapEntries,
  ownKeys,
  setValues,
  stringify,
} from './primordials.ts';

const MOST_DEPTH = 4;
const MOST_ITEMS = 100;

/** A value as a person reads it in a log: much like JSON. No accessor is called, and size is bounded. */
export const showValue = (value: unknown, mostLength: number): string => {
  let left = mostLength;
  const show = (shown: unknown, depth: number): string => {
    const text = textOf(shown, depth);
    left -= text.length;
    return text;
  };
  const textOf = (shown: unknown, depth: number): string => {
    switch (typeof shown) {
      case 'string':
        return stringify(shown.slice(0, mostLength)) ?? '';
      case 'bigint':
        return `${shown.toString()}n`;
      case 'function':
        return '[function]';
      case 'object':
        return shown === null ? 'null' : objectText(shown, depth);
      default:
        return String(shown);
    }
  };
  const objectText = (object: object, depth: number): string => {
    const brand = brandOf(object);
    switch (brand) {
      case 'Error':
        return errorText(object);
      case 'Opaque':
        return apply(tagText, object, []);
      case 'Date':
        return apply(dateText, object, []);
      case 'RegExp':
        return apply(patternText, object, []);
      default:
    }
    if (depth === MOST_DEPTH) return brand === 'Array' ? '[…]' : '{…}';
    switch (brand) {
      case 'Array':
        return `[${items(apply(arrayValues, object, []), (item) => show(item, depth + 1))}]`;
      case 'TypedArray':
        return `${typedName(object)} [${items(apply(typedValues, object, []), String)}]`;
      case 'Set':
        return `Set {${items(apply(setValues, object, []), (item) => show(item, depth + 1))}}`;
      case 'Map':
        return `Map {${items(apply(mapEntries, object, []), (entry) => {
          const [key, item] = entry as [unknown, unknown];
          return `${show(key, depth + 1)} => ${show(item, depth + 1)}`;
        })}}`;
      default:
        return `{${items(ownKeys(object).values(), (key) => {
          const name = typeof key === 'string' ? key : String(key);
          return `${name}: ${propertyText(object, key as PropertyKey, depth)}`;
        })}}`;
    }
  };
  const propertyText = (object: object, key: PropertyKey, depth: number): string => {
    const descriptor = getOwnPropertyDescriptor(object, key);
    return descriptor && 'value' in descriptor ? show(descriptor.value, depth + 1) : '[accessor]';
  };
  const items = (values: Iterator<unknown>, text: (item: unknown) => string): string => {
    let joined = '';
    for (let count = 0; ; count += 1) {
      const { done, value: item } = values.next();
      if (done) return joined;
      if (count > 0) joined += ', ';
      if (count === MOST_ITEMS || left <= 0) return `${joined}…`;
      joined += text(item);
    }
  };
  try {
    return show(value, 0);
  } catch {
    // a proxy whose traps throw
    return '[unreadable]';
  }
};

const errorText = (error: object): string => {
  const { stack, message } = error as { stack?: unknown; message?: unknown };
  return typeof stack === 'string' && stack !== '' ? stack : `Error: ${String(message)}`;
};
const typedName = (array: object): string => String(apply(typedTag, array, []));

const { toString: tagText } = Object.prototype;
const { toString: patternText } = RegExp.prototype;
const { toJSON: dateText } = Date.prototype as unknown as { toJSON: () => string };
