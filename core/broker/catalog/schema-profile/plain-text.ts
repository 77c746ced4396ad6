const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/u;

/**
 * True for one line of text that shows what it holds: no control characters, so no terminal sequences;
 * no characters that reorder or hide others; no halves of a pair (attack 138).
 */
export const isPlainText = (text: string): boolean => !HIDDEN.test(text);

/** A stranger's text for our own messages: printable ASCII of at most 64 characters, without backticks. */
export const printable = (text: string): string =>
  text.slice(0, 64).replace(/\P{ASCII}|\p{C}|`/gu, '?');
