import { dirname } from 'node:path';
import { AgentError } from '../../vocabulary/errors.ts';
import type { Log } from '../../vocabulary/log.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { openAuditLog } from '../audit/open-audit-log.ts';
import { deriveKey } from '../grant/derive-key.ts';
import { makeEventChain } from '../task/ledger/event-chain.ts';
import { makeSeal } from '../task/ledger/seal.ts';
import { makeTaskStore, type TaskStore } from '../task/ledger/task-store.ts';
import type { Config } from './config.ts';
import type { Credentials } from './credentials.ts';
import type { Powers } from './powers.ts';
import type { OnClose } from './teardown.ts';

/** What outlasts the process: the rows of the tasks and the log of all that happened. */
export interface Persistence {
  readonly store: TaskStore;
  readonly audit: AuditLog;
}

/**
 * The store first: its lock keeps a second broker from the log, the tasks and the folders of this one.
 * @throws AgentError `store_unavailable`, `log_unavailable`
 */
export const openPersistence = async (
  config: Config,
  { signingKey, auditKey }: Credentials,
  { program, openDatabase, auditFiles, now, random }: Powers,
  log: Log,
  onClose: OnClose,
): Promise<Persistence> => {
  program.makeFolder(dirname(config.taskDatabasePath));
  const store = makeTaskStore({
    database: openDatabase(config.taskDatabasePath),
    seal: makeSeal(deriveKey(signingKey, 'seal'), random),
    chain: makeEventChain(deriveKey(signingKey, 'events')),
  });
  onClose(() => store.close());
  const path = config.auditLogPath;
  const audit = await openAuditLog({ path, key: auditKey, files: auditFiles, now, log });
  onClose(() => audit.close());
  if (program.fileExists(config.legacyTaskPath)) {
    log.warn({ file: config.legacyTaskPath }, 'tasks of an earlier version are left untouched');
  }
  return { store, audit: freezeWhenBroken(audit, log) };
};

// Damage that the background verification finds freezes every effect: no record, no effect.
const freezeWhenBroken = (audit: AuditLog, log: Log): AuditLog => {
  audit.onBroken((problem) => log.error({ problem }, 'audit log broken: effects are frozen'));
  return Object.freeze<AuditLog>({
    ...audit,
    record: (event) => {
      const { verified, problem } = audit.state();
      if (verified !== 'broken') return audit.record(event);
      throw new AgentError({ code: 'log_unavailable', message: problem ?? 'audit log broken' });
    },
  });
};
