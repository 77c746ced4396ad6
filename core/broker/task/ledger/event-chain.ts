import { createHmac } from 'node:crypto';
import type { TaskId } from '../../../vocabulary/ids.ts';

/** Keyed chain over the event rows of one task: a changed, moved, added or missing row does not fit. */
export interface EventChain {
  first(task: TaskId): Uint8Array;
  link(previous: Uint8Array, n: number, auditEntry: number, sealed: Uint8Array): Uint8Array;
  /** Binds the number of rows to the last link, so that a row cut off the end shows. */
  head(last: Uint8Array, count: number): Uint8Array;
}

// Domain separation: a value made for one purpose never fits another.
const FIRST = 'secai/task-events/first/v1';
const LINK = 'secai/task-events/link/v1';
const HEAD = 'secai/task-events/head/v1';

export const makeEventChain = (key: Uint8Array): EventChain => {
  const mac = (...parts: readonly (string | Uint8Array)[]): Uint8Array => {
    const hmac = createHmac('sha256', key);
    for (const part of parts) {
      const bytes = Buffer.from(part);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      hmac.update(length).update(bytes);
    }
    return hmac.digest();
  };
  return {
    first: (task) => mac(FIRST, task),
    link: (previous, n, auditEntry, sealed) => mac(LINK, previous, `${n}`, `${auditEntry}`, sealed),
    head: (last, count) => mac(HEAD, last, `${count}`),
  };
};
