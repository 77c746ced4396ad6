import type { AuditFilePowers } from './audit-file-powers.ts';
import type { AuditPosition } from './audit-log.ts';
import { renderCheckpoint } from './checkpoint.ts';
import type { LogNames } from './log-names.ts';

/**
 * Replaces the checkpoint by rename. Without fsync: a power loss may bring an older one back, and a
 * checkpoint behind the log is repaired forward.
 */
export const writeCheckpoint = async (
  files: AuditFilePowers,
  names: LogNames,
  key: Uint8Array,
  position: AuditPosition,
): Promise<void> => {
  const bytes = Buffer.from(renderCheckpoint(key, position));
  await files.writeFile(names.checkpointTemp, bytes, { sync: false });
  await files.rename(names.checkpointTemp, names.checkpoint);
};

/**
 * The same, durable. Used where an older checkpoint must not come back: before a log is made, so that a
 * log without a checkpoint is a refusal and not a new log; and when a counted entry is given up.
 */
export const writeDurableCheckpoint = async (
  files: AuditFilePowers,
  names: LogNames,
  key: Uint8Array,
  position: AuditPosition,
): Promise<void> => {
  const bytes = Buffer.from(renderCheckpoint(key, position));
  await files.writeFile(names.checkpointTemp, bytes, { sync: true });
  await files.rename(names.checkpointTemp, names.checkpoint);
  await files.syncFolder(names.folder);
};
