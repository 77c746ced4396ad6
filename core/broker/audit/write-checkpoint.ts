import type { AuditFilePowers } from './audit-file-powers.ts';
import type { AuditPosition } from './audit-log.ts';
import { renderCheckpoint } from './checkpoint.ts';
import type { LogNames } from './log-names.ts';

type WriteCheckpoint = (
  files: AuditFilePowers,
  names: LogNames,
  key: Uint8Array,
  position: AuditPosition,
) => Promise<void>;

/**
 * Replaces the checkpoint by rename. Without fsync: a power loss may bring an older one back, and a
 * checkpoint behind the log is repaired forward.
 */
export const writeCheckpoint: WriteCheckpoint = (files, names, key, position) =>
  replace(files, names, renderCheckpoint(key, position), false);

/**
 * The same, durable. Used where an older checkpoint must not come back: before a log is made, so that a
 * log without a checkpoint is a refusal and not a new log; and when a counted entry is given up.
 */
export const writeDurableCheckpoint: WriteCheckpoint = async (files, names, key, position) => {
  await replace(files, names, renderCheckpoint(key, position), true);
  await files.syncFolder(names.folder);
};

const replace = async (
  files: AuditFilePowers,
  names: LogNames,
  checkpoint: string,
  sync: boolean,
): Promise<void> => {
  await files.writeFile(names.checkpointTemp, Buffer.from(checkpoint), { sync });
  await files.rename(names.checkpointTemp, names.checkpoint);
};
