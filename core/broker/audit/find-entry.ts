import type { AuditFilePowers, ReadHandle } from './audit-file-powers.ts';
import { MAX_LINE_BYTES } from './entry.ts';

const HASH_FIELD = '"prev_hash":"';

/** An entry's line in the current file: where it starts, and the hash that it says it continues. */
export interface FoundEntry {
  readonly offset: number;
  readonly prevHash: string;
}

/**
 * Looks backwards from the end of a file for the line with this entry hash. What it finds is a place
 * to start checking from, not yet a checked entry.
 */
export const findEntry = async (
  files: AuditFilePowers,
  path: string,
  hash: string,
): Promise<FoundEntry | undefined> => {
  const handle = await files.openRead(path);
  if (handle === undefined) return undefined;
  try {
    return await searchBackwards(handle, `"entry_hash":"${hash}","algorithm":"hmac-sha256"}\n`);
  } finally {
    await handle.close();
  }
};

// Windows of two line lengths that overlap by one: each line lies whole in one of them.
const searchBackwards = async (
  file: ReadHandle,
  needle: string,
): Promise<FoundEntry | undefined> => {
  let end = file.size;
  for (;;) {
    const start = Math.max(0, end - 2 * MAX_LINE_BYTES);
    const text = (await file.read(start, end - start)).toString('latin1');
    const at = text.lastIndexOf(needle);
    const lineStart = at === -1 ? -1 : text.lastIndexOf('\n', at) + 1;
    if (lineStart > 0 || (lineStart === 0 && start === 0)) {
      return { offset: start + lineStart, prevHash: prevHashBefore(text, at) };
    }
    if (start === 0) return undefined;
    end -= MAX_LINE_BYTES;
  }
};

const prevHashBefore = (text: string, at: number): string => {
  const field = text.lastIndexOf(HASH_FIELD, at);
  return text.slice(field + HASH_FIELD.length, at - 2);
};
