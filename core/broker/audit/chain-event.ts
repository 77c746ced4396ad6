import { AgentError } from '../../vocabulary/errors.ts';
import type { AuditEvent } from './audit-log.ts';
import { type Entry, hashEntry, renderLine } from './entry.ts';
import { printData } from './print-data.ts';

const EVENT = /^[a-z][a-z0-9_]{0,63}$/;

export interface ChainedEvent {
  readonly line: string;
  readonly hash: string;
}

/** The line that links an event to the entry before it. Pure: the same input, the same bytes. */
export const chainEvent = (
  key: Uint8Array,
  prevHash: string,
  timestamp: string,
  { event, data }: AuditEvent,
): ChainedEvent => {
  if (!EVENT.test(event)) {
    throw new AgentError({ code: 'internal', message: 'audit event has an unusable name' });
  }
  const entry: Entry = { timestamp, event, data: printData(data), prevHash };
  const hash = hashEntry(key, entry);
  return { line: renderLine(entry, hash), hash };
};
