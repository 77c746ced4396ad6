import type { AuditFilePowers } from './audit-file-powers.ts';
import type { AuditPosition } from './audit-log.ts';
import { MAX_CHECKPOINT_BYTES, parseCheckpoint } from './checkpoint.ts';
import { type LogNames, logNames } from './log-names.ts';

/** What lies on the disk of one log, before anything of it is believed. */
export interface ChainFiles {
  readonly names: LogNames;
  /** All names in the folder. */
  readonly folderNames: readonly string[];
  /** Archives, then the current file, which may be missing. */
  readonly paths: readonly string[];
  readonly totalBytes: number;
  /** `unkeyed` where the file is there and the key did not make it. */
  readonly checkpoint: AuditPosition | 'missing' | 'unkeyed';
}

/** Looks at the checkpoint first: a log that is being written is never behind it. */
export const readChainFiles = async (
  files: AuditFilePowers,
  path: string,
  key: Uint8Array,
): Promise<ChainFiles> => {
  const names = logNames(path);
  const checkpoint = await readCheckpoint(files, names.checkpoint, key);
  const folderNames = await files.list(names.folder);
  const paths = [...names.archivesIn(folderNames), path];
  let totalBytes = 0;
  for (const file of paths) totalBytes += await sizeOf(files, file);
  return { names, folderNames, paths, totalBytes, checkpoint };
};

const readCheckpoint = async (
  files: AuditFilePowers,
  path: string,
  key: Uint8Array,
): Promise<ChainFiles['checkpoint']> => {
  const handle = await files.openRead(path);
  if (handle === undefined) return 'missing';
  try {
    const bytes = await handle.read(0, MAX_CHECKPOINT_BYTES + 1);
    if (bytes.length > MAX_CHECKPOINT_BYTES) return 'unkeyed';
    return parseCheckpoint(key, bytes.toString('utf8')) ?? 'unkeyed';
  } finally {
    await handle.close();
  }
};

const sizeOf = async (files: AuditFilePowers, path: string): Promise<number> => {
  const handle = await files.openRead(path);
  await handle?.close();
  return handle?.size ?? 0;
};
