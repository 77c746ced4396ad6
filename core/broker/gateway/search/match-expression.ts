/**
 * An FTS5 expression that finds any of the terms. The caller's text never reaches FTS5 as syntax: each
 * term is a quoted string in which only the quote itself is special, and it is doubled.
 */
export const matchExpression = (terms: readonly string[]): string =>
  terms.map((term) => `"${term.replaceAll('"', '""')}"`).join(' OR ');
