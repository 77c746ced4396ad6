/**
 * One argument of a tool call as it was written. A number keeps its literal: `1.0` and `1e3` are no integers
 * here, and a parsed number does not tell (wire contract section 32.16).
 */
export type Argument =
  | null
  | boolean
  | string
  | NumberLiteral
  | readonly Argument[]
  | ArgumentObject;

export interface NumberLiteral {
  readonly literal: string;
}

/** A name that stood twice has the value that stood last, as the peer reads it. */
export type ArgumentObject = ReadonlyMap<string, Argument>;

export const isArgumentObject = (value: Argument): value is ArgumentObject => value instanceof Map;

export const isArgumentList = (value: Argument): value is readonly Argument[] =>
  Array.isArray(value);

/** The shortest JSON of a value: keys sorted, U+2028 and U+2029 escaped; its bytes are what a length counts. */
export const encodeArgument = (value: Argument): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return encodeText(value);
  if (isArgumentList(value)) return `[${value.map(encodeArgument).join(',')}]`;
  if (isArgumentObject(value)) {
    const members = [...value].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return `{${members.map(([key, inner]) => `${encodeText(key)}:${encodeArgument(inner)}`).join(',')}}`;
  }
  return value.literal;
};

const encodeText = (text: string): string =>
  JSON.stringify(text).replace(/[\u2028\u2029]/g, (mark) =>
    mark === '\u2028' ? '\\u2028' : '\\u2029',
  );
