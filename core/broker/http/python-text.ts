// The predecessor's lengths and blanks are Python's, and its clients were written against them: U+001C..1F
// and U+0085 are blank here, U+FEFF is not. JavaScript's own trim differs (wire contract section 32.4).
const BLANK: ReadonlySet<number> = new Set([
  ...range(0x09, 0x0d),
  ...range(0x1c, 0x20),
  0x85,
  0xa0,
  0x1680,
  ...range(0x2000, 0x200a),
  0x2028,
  0x2029,
  0x202f,
  0x205f,
  0x3000,
]);

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** `str.strip()` of Python. */
export const trimLikePython = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && BLANK.has(text.charCodeAt(start))) start += 1;
  while (end > start && BLANK.has(text.charCodeAt(end - 1))) end -= 1;
  return text.slice(start, end);
};

/** `len(str)` of Python: code points, not UTF-16 units. */
export const codePoints = (text: string): number => {
  let count = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0xdc00 || unit > 0xdfff) count += 1;
  }
  return count;
};
