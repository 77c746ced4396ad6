import { basename } from 'node:path';
import { AgentError } from '../../vocabulary/errors.ts';
import type { Log } from '../../vocabulary/log.ts';
import type { AppendHandle, AuditFilePowers } from './audit-file-powers.ts';
import type { AuditLog, AuditPosition } from './audit-log.ts';
import { type ChainFiles, readChainFiles } from './chain-files.ts';
import { NOTHING } from './checkpoint.ts';
import { type ExaminedChain, examineChain } from './examine-chain.ts';
import { logDamaged, logUnavailable } from './log-unavailable.ts';
import { makeAuditLog } from './make-audit-log.ts';
import { repairTail } from './repair-tail.ts';
import { writeDurableCheckpoint } from './write-checkpoint.ts';

// A chain so small is checked whole in well under a second, before the log serves.
const WHOLE_UP_TO_BYTES = 4 * 1024 * 1024;

export interface OpenAuditLogDeps {
  readonly path: string;
  readonly key: Uint8Array;
  readonly files: AuditFilePowers;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Log;
  /** A chain of at most so many bytes is verified whole before the log serves. */
  readonly wholeUpToBytes?: number;
}

/**
 * Opens the log for writing, or makes it: verifies its tail, repairs what a crash leaves and records
 * the repair, and verifies the rest in the background (wire contract sections 16 and 32.13).
 * @throws AgentError log_unavailable naming file and line
 */
export const openAuditLog = async (deps: OpenAuditLogDeps): Promise<AuditLog> => {
  try {
    return await open(deps);
  } catch (error) {
    if (error instanceof AgentError) throw error;
    throw logUnavailable({ file: deps.path, detail: 'cannot be opened', cause: error });
  }
};

const open = async (deps: OpenAuditLogDeps): Promise<AuditLog> => {
  const { path, key, files, log, wholeUpToBytes = WHOLE_UP_TO_BYTES } = deps;
  const chain = await readChainFiles(files, path, key);
  const { names } = chain;
  const checkpoint = demandCheckpoint(chain);
  const examined = await examineChain({ files, key, chain, checkpoint, wholeUpTo: wholeUpToBytes });
  if (chain.checkpoint === 'missing') await writeDurableCheckpoint(files, names, key, NOTHING);
  const handle = await files.openAppend(path);
  try {
    await files.syncFolder(names.folder);
    await demandUnchanged(handle, path, examined);
    const { events, ...start } = await repairTail({ files, handle, names, key }, examined);
    const audit = makeAuditLog({ ...deps, handle, chain, start, verified: examined.whole });
    for (const event of events) {
      log.warn({ ...event.data, file: basename(path) }, `audit log: ${event.event}`);
      audit.record(event);
    }
    await audit.commit();
    return audit;
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/** Only a log without a byte in it may be without a checkpoint: it is new. */
const demandCheckpoint = ({ checkpoint, names, totalBytes }: ChainFiles): AuditPosition => {
  if (checkpoint === 'unkeyed') {
    throw logDamaged({ file: names.checkpoint, detail: 'was not made with the audit key' });
  }
  if (checkpoint !== 'missing') return checkpoint;
  if (totalBytes === 0) return NOTHING;
  throw logDamaged({ file: names.checkpoint, detail: 'is missing beside a log with entries' });
};

const demandUnchanged = async (
  handle: AppendHandle,
  path: string,
  { place, torn }: ExaminedChain,
): Promise<void> => {
  const { size } = await handle.facts();
  if (size !== place.offset + torn.length) {
    throw logUnavailable({ file: path, detail: 'changed while it was opened' });
  }
};
