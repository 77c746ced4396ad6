/**
 * The beginning of a text, at most so many UTF-16 units, that ends in a whole character: half of a surrogate
 * pair is no text, and whoever reads it next would refuse it.
 */
export const beginningOf = (text: string, most: number): string =>
  text.slice(0, most).replace(/[\ud800-\udbff]$/, '');
