/** A digest of bytes that come piece by piece. */
export interface Hash {
  add(bytes: Uint8Array): void;
  /** Lower-case hex; nothing may be added after it. */
  hex(): string;
}

interface HashParts {
  readonly blockBytes: number;
  /** How many bytes at the end of the last block hold the length. */
  readonly lengthBytes: number;
  readonly block: (bytes: Uint8Array, at: number) => void;
  /** The words of the state, 32 bits each, in the order in which they are printed. */
  readonly state: Int32Array;
}

/** Cuts what is added into blocks and pads the last one (FIPS 180-4, section 5.1). */
export const makeHash = ({ blockBytes, lengthBytes, block, state }: HashParts): Hash => {
  const rest = new Uint8Array(blockBytes);
  let held = 0;
  let total = 0;
  return {
    add: (bytes) => {
      total += bytes.length;
      let at = 0;
      if (held > 0) {
        at = Math.min(blockBytes - held, bytes.length);
        rest.set(bytes.subarray(0, at), held);
        held += at;
        if (held < blockBytes) return;
        block(rest, 0);
        held = 0;
      }
      for (; at + blockBytes <= bytes.length; at += blockBytes) block(bytes, at);
      rest.set(bytes.subarray(at));
      held = bytes.length - at;
    },
    hex: () => {
      rest.fill(0, held);
      rest[held] = 0x80;
      if (held >= blockBytes - lengthBytes) {
        block(rest, 0);
        rest.fill(0);
      }
      for (let byte = 1, bits = total * 8; byte <= 8; byte += 1, bits = Math.floor(bits / 256)) {
        rest[blockBytes - byte] = bits % 256;
      }
      block(rest, 0);
      return [...state].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
    },
  };
};

/** The big-endian words of a block, as both digests take them. */
export const loadWords = (
  words: Int32Array,
  bytes: Uint8Array,
  at: number,
  count: number,
): void => {
  for (let t = 0; t < count; t += 1) {
    const i = at + t * 4;
    words[t] =
      ((bytes[i] ?? 0) << 24) |
      ((bytes[i + 1] ?? 0) << 16) |
      ((bytes[i + 2] ?? 0) << 8) |
      (bytes[i + 3] ?? 0);
  }
};
