/** Which part of a file is wanted, and how it is written. */
export interface ReadArguments {
  readonly encoding: 'text' | 'base64';
  /** In bytes. */
  readonly offset?: number;
  readonly length?: number;
}

export interface Excerpt {
  readonly content: string;
  readonly offset: number;
  /** How many bytes `content` stands for: the next part begins at `offset + bytes`. */
  readonly bytes: number;
}

/**
 * The wanted part of a file's bytes. A text ends with a whole character, so that parts read one after
 * another join to the same text.
 */
export const excerpt = (file: Buffer, { encoding, offset, length }: ReadArguments): Excerpt => {
  const start = clamp(offset ?? 0, file.length);
  const wanted = start + clamp(length ?? file.length, file.length - start);
  const end = encoding === 'text' ? wholeCharacters(file, start, wanted) : wanted;
  const part = file.subarray(start, end);
  const content = part.toString(encoding === 'text' ? 'utf8' : 'base64');
  return { content, offset: start, bytes: part.length };
};

// Numbers come from a guest: neither NaN, nor negative, nor huge (attack 106).
const clamp = (value: number, most: number): number =>
  Number.isSafeInteger(value) ? Math.min(Math.max(value, 0), most) : 0;

const isContinuation = (byte: number | undefined): boolean =>
  byte !== undefined && (byte & 0xc0) === 0x80;

const wholeCharacters = (file: Buffer, start: number, end: number): number => {
  for (let back = end; back > start && back > end - 4; back -= 1)
    if (!isContinuation(file[back])) return back;
  return end;
};
