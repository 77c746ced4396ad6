import type { ReadHandle } from './audit-file-powers.ts';
import { MAX_LINE_BYTES } from './entry.ts';

// Small enough that checking one chunk's lines does not hold the event loop for long.
const CHUNK_BYTES = 64 * 1024;

/** The whole lines of one chunk, or what is left behind the last line break. */
export type LinePart =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'rest'; readonly text: string }
  | { readonly kind: 'too_long' };

/**
 * The lines of a file between two offsets, one byte one character, in bounded memory. The last part is
 * always `rest` (empty after a line break) or `too_long`.
 */
export async function* readLines(
  file: ReadHandle,
  from: number,
  until: number,
): AsyncGenerator<LinePart, void, undefined> {
  let rest = '';
  let offset = from;
  while (offset < until) {
    const chunk = await file.read(offset, Math.min(CHUNK_BYTES, until - offset));
    if (chunk.length === 0) break;
    offset += chunk.length;
    const lines = (rest + chunk.toString('latin1')).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_BYTES || lines.some((line) => line.length > MAX_LINE_BYTES)) {
      yield { kind: 'too_long' };
      return;
    }
    if (lines.length > 0) yield { kind: 'lines', lines };
  }
  yield { kind: 'rest', text: rest };
}
