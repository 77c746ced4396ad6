import { violation } from './frame.ts';

const NEWLINE = 0x0a;

/**
 * Cuts a byte stream into lines of at most `most` bytes, for the few words between broker and spawner. The
 * returned function takes the next chunk and answers the lines that it completes. An unfinished line holds
 * at most the cap.
 * @throws violation for a line over the cap
 */
export const makeLineReader = (most: number): ((chunk: Uint8Array) => readonly string[]) => {
  let held = Buffer.alloc(0);
  return (chunk) => {
    held = Buffer.concat([held, chunk]);
    const lines: string[] = [];
    for (;;) {
      const end = held.indexOf(NEWLINE);
      if ((end === -1 ? held.length : end) > most) throw violation(`a line of over ${most} bytes`);
      if (end === -1) return lines;
      lines.push(held.toString('utf8', 0, end));
      held = held.subarray(end + 1);
    }
  };
};
