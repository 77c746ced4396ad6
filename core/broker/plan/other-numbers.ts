/** Below four letters an `s` more or less is as likely another word: `gas`, `bus`, `has`. */
const LEAST_LETTERS = 4;

/**
 * The other number of an English word: the plural of a singular, the singular of a plural. The index compares
 * words as they are written, so a query asks for both. Plain rules and no dictionary: a form that does not exist
 * stands in no file and costs nothing. Names in capitals and other alphabets have none.
 */
export const otherNumbers = (written: string): readonly string[] => {
  const word = written.toLowerCase();
  if (word.length < LEAST_LETTERS || !/^[A-Za-z][a-z]+$/.test(written)) return [];
  if (/[^aeiou]ies$/.test(word)) return [`${word.slice(0, -3)}y`];
  if (/(?:ss|x|sh)es$/.test(word)) return [word.slice(0, -2)];
  // `matches` and `caches` do not tell apart `match` and `cache`.
  if (/ches$/.test(word)) return [word.slice(0, -2), word.slice(0, -1)];
  if (/(?:ss|us|x|ch|sh)$/.test(word)) return [`${word}es`];
  if (/is$/.test(word)) return [`${word.slice(0, -2)}es`];
  if (/s$/.test(word)) return [word.slice(0, -1)];
  return [/[^aeiou]y$/.test(word) ? `${word.slice(0, -1)}ies` : `${word}s`];
};
