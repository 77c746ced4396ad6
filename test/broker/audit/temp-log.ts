import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { AuditFilePowers } from '../../../core/broker/audit/audit-file-powers.ts';
import type { AuditLog } from '../../../core/broker/audit/audit-log.ts';
import { openAuditLog } from '../../../core/broker/audit/open-audit-log.ts';
import { type AuditVerification, verifyAudit } from '../../../core/broker/audit/verify-audit.ts';
import { makeAuditFilePowers } from '../../../core/broker/main/powers/audit-files.ts';
import type { JsonObject } from '../../../core/vocabulary/json.ts';
import type { Log } from '../../../core/vocabulary/log.ts';

export const KEY: Uint8Array = Buffer.from('0123456789abcdef0123456789abcdef');
export const silent: Log = { info: () => {}, warn: () => {}, error: () => {} };

/** A line of the log as its readers see it. */
export interface LoggedEntry {
  readonly timestamp: string;
  readonly event: string;
  readonly data: JsonObject;
  readonly prev_hash: string;
  readonly entry_hash: string;
  readonly algorithm: string;
}

interface OpenOptions {
  readonly files?: AuditFilePowers;
  readonly now?: () => number;
  readonly wholeUpToBytes?: number;
}

/** A log in its own folder, on the real file system, gone when the test ends. */
export interface TempLog {
  readonly folder: string;
  readonly path: string;
  readonly checkpoint: string;
  readonly files: AuditFilePowers;
  open(options?: OpenOptions): Promise<AuditLog>;
  /** Opens, appends so many `note` events, closes. */
  fill(count: number): Promise<void>;
  verify(): Promise<AuditVerification>;
  text(): string;
  entries(): LoggedEntry[];
}

export const makeTempLog = (t: TestContext): TempLog => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'agent-audit.jsonl');
  const files = makeAuditFilePowers();
  const open = (options: OpenOptions = {}) =>
    openAuditLog({ path, key: KEY, files, now: Date.now, log: silent, ...options });
  const text = () => readFileSync(path, 'latin1');
  return {
    folder,
    path,
    checkpoint: `${path}.checkpoint`,
    files,
    open,
    fill: async (count) => {
      const log = await open();
      for (let i = 0; i < count; i += 1) log.record({ event: 'note', data: { i } });
      await log.close();
    },
    verify: () => verifyAudit({ path, key: KEY, files }),
    text,
    entries: () =>
      text()
        .split('\n')
        .slice(0, -1)
        .map((line): LoggedEntry => JSON.parse(line)),
  };
};
