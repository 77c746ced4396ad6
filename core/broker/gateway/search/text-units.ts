/** A stretch of text that a passage takes whole: a line, or a piece of a line too long for one passage. */
export interface TextUnit {
  /** 1-based number of the line. */
  readonly line: number;
  readonly start: number;
  /** Offset behind the last character, without the line feed. */
  readonly end: number;
}

/** A text of more units than this is quoted from its beginning only: a bound on time and memory. */
const MOST_UNITS = 100_000;

/** Cuts a text into units of at most `most` characters; lines end at a line feed, as editors count them. */
export const textUnits = (text: string, most: number): readonly TextUnit[] => {
  const units: TextUnit[] = [];
  let line = 0;
  let start = 0;
  while (start < text.length && units.length < MOST_UNITS) {
    line += 1;
    const feed = text.indexOf('\n', start);
    const end = feed === -1 ? text.length : feed;
    let from = start;
    while (end - from > most) {
      const cut = from + pieceLength(text.slice(from, from + most));
      units.push({ line, start: from, end: cut });
      from = cut;
    }
    units.push({ line, start: from, end });
    start = end + 1;
  }
  return units;
};

// Behind the last sentence of the second half, else behind its last space, else hard, but never inside a
// surrogate pair.
const pieceLength = (piece: string): number => {
  const half = piece.length / 2;
  const sentence = Math.max(...['. ', '! ', '? '].map((end) => piece.lastIndexOf(end))) + 2;
  if (sentence > half) return sentence;
  const space = piece.lastIndexOf(' ') + 1;
  if (space > half) return space;
  const last = piece.charCodeAt(piece.length - 1);
  return last >= 0xd800 && last <= 0xdbff && piece.length > 1 ? piece.length - 1 : piece.length;
};
