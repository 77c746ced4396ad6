import {
  type Argument,
  encodeArgument,
  isArgumentList,
  isArgumentObject,
} from '../request/argument.ts';

/** True where a text stands anywhere in an argument, whatever its case: in keys, values and its whole JSON. */
export const containsText = (value: Argument, text: string): boolean => {
  const wanted = lowered(text);
  return standsIn(value, wanted) || lowered(encodeArgument(value)).includes(wanted);
};

// INVARIANT: the depth of an argument is bounded before any rule is asked.
const standsIn = (value: Argument, wanted: string): boolean => {
  if (value === null) return false;
  if (typeof value === 'string') return lowered(value).includes(wanted);
  if (typeof value === 'boolean') return String(value).includes(wanted);
  if (isArgumentList(value)) return value.some((item) => standsIn(item, wanted));
  if (isArgumentObject(value)) {
    return [...value].some(
      ([key, inner]) => lowered(key).includes(wanted) || standsIn(inner, wanted),
    );
  }
  return lowered(value.literal).includes(wanted);
};

// One character at a time: a whole text is lowered by what stands around a character, so that a part of it
// could differ from the same part alone.
const lowered = (text: string): string =>
  /^[\0-\x7f]*$/.test(text)
    ? text.toLowerCase()
    : Array.from(text, (character) => Array.from(character.toLowerCase())[0] ?? '').join('');
