/** The class `TextEncoder` (Encoding §7.3): UTF-8. */
export const makeTextEncoder = (): object =>
  class TextEncoder {
    get encoding(): string {
      return 'utf-8';
    }

    encode(input: unknown = ''): Uint8Array<ArrayBuffer> {
      const text = String(input);
      const bytes = new Uint8Array(text.length * 3);
      return bytes.slice(0, writeUtf8(text, bytes).written);
    }

    encodeInto(source: unknown, destination: Uint8Array<ArrayBuffer>): Utf8Progress {
      return writeUtf8(String(source), destination);
    }

    get [Symbol.toStringTag](): string {
      return 'TextEncoder';
    }
  };

interface Utf8Progress {
  readonly read: number;
  readonly written: number;
}

const REPLACEMENT = 0xfffd;

/** Writes whole characters while they fit; half of a surrogate pair becomes U+FFFD. */
const writeUtf8 = (text: string, bytes: Uint8Array<ArrayBuffer>): Utf8Progress => {
  const { length } = text;
  const room = bytes.length;
  let read = 0;
  let at = 0;
  while (read < length) {
    let code = text.charCodeAt(read);
    if (code < 0x80) {
      if (at === room) break;
      bytes[at] = code;
      at += 1;
      read += 1;
      continue;
    }
    let units = 1;
    if (code >= 0xd800 && code < 0xe000) {
      const low = code < 0xdc00 && read + 1 < length ? text.charCodeAt(read + 1) : 0;
      const paired = low >= 0xdc00 && low < 0xe000;
      code = paired ? 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00) : REPLACEMENT;
      units = paired ? 2 : 1;
    }
    const size = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (at + size > room) break;
    bytes[at] = LEADS[size as 2 | 3 | 4] | (code >> (6 * (size - 1)));
    for (let rest = size - 2; rest >= 0; rest -= 1) {
      at += 1;
      bytes[at] = 0x80 | ((code >> (6 * rest)) & 0x3f);
    }
    at += 1;
    read += units;
  }
  return { read, written: at };
};
const LEADS = { 2: 0xc0, 3: 0xe0, 4: 0xf0 } as const;
