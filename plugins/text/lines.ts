/** One line of a text: where it lies, without its line end. */
export interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The lines of a text, one after another; a carriage return before the line end is no part of a line. */
export function* linesOf(text: string): Generator<Line, void> {
  for (const start of lineStarts(text)) {
    const found = text.indexOf('\n', start);
    const stop = found < 0 ? text.length : found;
    const end = stop > start && text[stop - 1] === '\r' ? stop - 1 : stop;
    yield { start, end, text: text.slice(start, end) };
  }
}

/** The offset at which each line of a text begins. */
function* lineStarts(text: string): Generator<number, void> {
  let start = 0;
  while (start >= 0) {
    yield start;
    start = text.indexOf('\n', start) + 1 || -1;
  }
}

/** Answers the line of an offset, counted from 0; each offset must be no smaller than the one before. */
export const lineCounter = (text: string): ((offset: number) => number) => {
  const starts = lineStarts(text);
  starts.next();
  let next = starts.next();
  let line = 0;
  return (offset) => {
    while (!next.done && next.value <= offset) {
      line += 1;
      next = starts.next();
    }
    return line;
  };
};
