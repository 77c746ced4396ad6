import { decodeUtf8, incompleteTail } from './decode-utf8.ts';
import { bytesToLatin1 } from './latin1.ts';

const LABELS = [
  'utf-8',
  'utf8',
  'unicode-1-1-utf-8',
  'unicode11utf8',
  'unicode20utf8',
  'x-unicode20utf8',
];

interface DecoderOptions {
  readonly fatal?: boolean;
  readonly ignoreBOM?: boolean;
}

/** The class `TextDecoder` (Encoding §7.2), for UTF-8 alone. */
export const makeTextDecoder = (): object =>
  class TextDecoder {
    readonly #fatal: boolean;
    readonly #ignoreBOM: boolean;
    /** The beginning of a character, from the chunk before; one character a byte. */
    #held = '';
    #begun = false;

    constructor(label: unknown = 'utf-8', options?: DecoderOptions) {
      if (!LABELS.includes(String(label).trim().toLowerCase())) {
        throw new RangeError('the only encoding here is `utf-8`');
      }
      const { fatal, ignoreBOM } = options ?? {};
      this.#fatal = Boolean(fatal);
      this.#ignoreBOM = Boolean(ignoreBOM);
    }

    get encoding(): string {
      return 'utf-8';
    }
    get fatal(): boolean {
      return this.#fatal;
    }
    get ignoreBOM(): boolean {
      return this.#ignoreBOM;
    }

    decode(input?: unknown, options?: { readonly stream?: boolean }): string {
      const { stream } = options ?? {};
      let bytes = this.#held + bytesOf(input);
      this.#held = '';
      if (stream) {
        const whole = bytes.length - incompleteTail(bytes);
        this.#held = bytes.slice(whole);
        bytes = bytes.slice(0, whole);
      }
      const first = !this.#begun;
      this.#begun = Boolean(stream) && (this.#begun || bytes !== '');
      const text = decodeUtf8(bytes, this.#fatal);
      return first && !this.#ignoreBOM && text.startsWith('\ufeff') ? text.slice(1) : text;
    }

    get [Symbol.toStringTag](): string {
      return 'TextDecoder';
    }
  };

const bytesOf = (input: unknown): string => {
  if (input === undefined) return '';
  if (ArrayBuffer.isView(input)) {
    const { buffer, byteOffset, byteLength } = input;
    return bytesToLatin1(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
  }
  if (input instanceof ArrayBuffer) return bytesToLatin1(new Uint8Array(input));
  throw new TypeError('expected a buffer or a view of one');
};
