import { isJsonObject, type JsonObject, type JsonValue } from '../../vocabulary/json.ts';
import type { AuditFilePowers } from './audit-file-powers.ts';
import { logNames } from './log-names.ts';

const FIRST_WINDOW = 64 * 1024;
// What one call holds in memory at most, whatever the count.
const LAST_WINDOW = 16 * 1024 * 1024;

interface TailAuditDeps {
  readonly path: string;
  readonly files: AuditFilePowers;
}

/**
 * The last entries, oldest first, as they stand in the files: for reading, not verified. A line that is
 * no entry shows as `{damaged}`; an unfinished last line is left out.
 */
export const tailAudit = async (
  { path, files }: TailAuditDeps,
  count: number,
): Promise<readonly JsonObject[]> => {
  const names = logNames(path);
  const newestFirst = [path, ...names.archivesIn(await files.list(names.folder)).toReversed()];
  let lines: readonly string[] = [];
  for (const file of newestFirst) {
    if (lines.length >= count) break;
    lines = [...(await lastLines(files, file, count - lines.length)), ...lines];
  }
  return lines.map(toEntry);
};

const lastLines = async (
  files: AuditFilePowers,
  path: string,
  count: number,
): Promise<readonly string[]> => {
  const handle = await files.openRead(path);
  if (handle === undefined) return [];
  try {
    for (let window = FIRST_WINDOW; ; window *= 4) {
      const start = Math.max(0, handle.size - window);
      const text = (await handle.read(start, handle.size - start)).toString('latin1');
      // Behind the last line break stands nothing or an unfinished line; before the first, a part of one.
      const lines = text.split('\n').slice(start === 0 ? 0 : 1, -1);
      if (lines.length >= count || start === 0 || window >= LAST_WINDOW) {
        return count > 0 ? lines.slice(-count) : [];
      }
    }
  } finally {
    await handle.close();
  }
};

const toEntry = (line: string): JsonObject => {
  try {
    const value: JsonValue = JSON.parse(line);
    return isJsonObject(value) ? value : { damaged: printable(line) };
  } catch {
    return { damaged: printable(line) };
  }
};

// The caller prints it on a terminal.
const printable = (line: string): string => line.slice(0, 200).replace(/[^ -~]/g, '?');
