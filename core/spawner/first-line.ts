import { MAX_SAID } from '../protocol/spawner.ts';

/** So much of a cell's stderr is kept; what it writes beyond that is read and dropped. */
const KEPT_BYTES = 4096;
const UNPRINTABLE = /[^\x20-\x7e]/g;

export interface FirstLine {
  take(chunk: Uint8Array): void;
  /** The first line that is not empty, in printable ASCII, cut to a length. */
  text(): string;
}

/**
 * What a cell says of its end. A hostile one chooses every byte and writes without end, into what becomes
 * a line of the log: so little is kept, one line is told, and only what can be printed (attack 180).
 */
export const makeFirstLine = (): FirstLine => {
  const chunks: Uint8Array[] = [];
  let room = KEPT_BYTES;
  return Object.freeze({
    take: (chunk: Uint8Array): void => {
      if (room > 0) chunks.push(chunk.subarray(0, room));
      room = Math.max(0, room - chunk.length);
    },
    text: (): string => {
      const lines = Buffer.concat(chunks).toString('latin1').split('\n');
      const first = lines.find((line) => line.trim() !== '') ?? '';
      return first.replaceAll(UNPRINTABLE, '?').slice(0, MAX_SAID);
    },
  });
};
