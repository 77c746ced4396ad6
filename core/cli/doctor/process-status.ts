import { readdirSync, readFileSync } from 'node:fs';

/** What the kernel tells of a process from outside, in `/proc/PID/status`, by field. */
export interface ProcessStatus {
  readonly fields: ReadonlyMap<string, string>;
  /** The same of each of its threads. */
  readonly threads: readonly ReadonlyMap<string, string>[];
}

/** Undefined where the process is gone, or `/proc` does not show it. */
export const readStatus = (pid: number): ProcessStatus | undefined => {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    return {
      fields: fieldsOf(readFileSync(`/proc/${pid}/status`, 'latin1')),
      threads: threads.map((id) =>
        fieldsOf(readFileSync(`/proc/${pid}/task/${id}/status`, 'latin1')),
      ),
    };
  } catch {
    return undefined;
  }
};

const fieldsOf = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const colon = line.indexOf(':');
      return colon === -1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()] as const];
    }),
  );
