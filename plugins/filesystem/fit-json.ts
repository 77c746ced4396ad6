const BACKSLASH = 0x5c;
const QUOTE = 0x22;
/** Backspace, tab, line feed, form feed, carriage return: two characters in JSON, the others six. */
const SHORT_ESCAPES: readonly number[] = [0x08, 0x09, 0x0a, 0x0c, 0x0d];

/** The longest beginning of a text that takes at most `mostBytes` as JSON in UTF-8; never half a character. */
export const fitJson = (text: string, mostBytes: number): string => {
  let bytes = 2;
  let at = 0;
  while (at < text.length) {
    const point = text.codePointAt(at) ?? 0;
    bytes += jsonBytes(point);
    if (bytes > mostBytes) return text.slice(0, at);
    at += point > 0xffff ? 2 : 1;
  }
  return text;
};

const jsonBytes = (point: number): number => {
  if (point < 0x20) return SHORT_ESCAPES.includes(point) ? 2 : 6;
  if (point === QUOTE || point === BACKSLASH) return 2;
  if (point < 0x80) return 1;
  if (point < 0x800) return 2;
  if (point >= 0xd800 && point <= 0xdfff) return 6;
  return point > 0xffff ? 4 : 3;
};
