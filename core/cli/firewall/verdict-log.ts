import { closeSync, constants, fstatSync, openSync, writeSync } from 'node:fs';
import type { FirewallRecord } from '../../broker/gateway/firewall/firewall-engine.ts';

/** The firewall's own log: one line of JSON a verdict, never a secret or a content. */
export interface VerdictLog {
  readonly record: (record: FirewallRecord) => Promise<void>;
  close(): void;
}

const FLAGS =
  constants.O_APPEND |
  constants.O_CREAT |
  constants.O_WRONLY |
  constants.O_NOFOLLOW |
  constants.O_NONBLOCK;
const MODE = 0o640;

/** @throws Error for a place that cannot be written, or a file that is a link, no file or everyone's */
export const openVerdictLog = (path: string): VerdictLog => {
  const descriptor = openSync(path, FLAGS, MODE);
  const facts = fstatSync(descriptor);
  if (!facts.isFile() || facts.nlink !== 1 || (facts.mode & 0o007) !== 0) {
    closeSync(descriptor);
    throw new Error('it is not a file of its own that others cannot read');
  }
  return Object.freeze<VerdictLog>({
    record: async ({ tool, params, allowed, reason }) => {
      const entry = {
        timestamp: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
        tool,
        ...(params === null
          ? { params: { payload: '[redacted: audit structure limit exceeded]' } }
          : Object.keys(params).length === 0
            ? {}
            : { params }),
        allowed,
        ...(reason === undefined ? {} : { reason }),
      };
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      if (writeSync(descriptor, line) !== line.length) throw new Error('the log is full');
    },
    close: () => closeSync(descriptor),
  });
};
