/** How much text all indexes may hold together. */
export interface TextRoom {
  /** Takes room for so many bytes; false when there is none and nothing idle could make way. */
  reserve(bytes: number): boolean;
  release(bytes: number): void;
}

/** `makeWay` gives up one idle index (which releases its bytes) and answers whether there was one. */
export const makeTextRoom = (most: number, makeWay: () => boolean): TextRoom => {
  let used = 0;
  return Object.freeze({
    reserve: (bytes: number) => {
      while (used + bytes > most) if (bytes > most || !makeWay()) return false;
      used += bytes;
      return true;
    },
    release: (bytes: number) => {
      used -= bytes;
    },
  });
};
