import { basename } from 'node:path';
import type { AuditFilePowers } from './audit-file-powers.ts';
import type { AuditPosition } from './audit-log.ts';
import { readChainFiles } from './chain-files.ts';
import { NOTHING } from './checkpoint.ts';
import { CHAIN_START, type ChainPlace, type Walk, walkChain } from './walk-chain.ts';

interface VerifyAuditDeps {
  readonly path: string;
  readonly key: Uint8Array;
  readonly files: AuditFilePowers;
  /** Bytes checked so far, and how many there are. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The verifier's answer (wire contract section 16), with the file whose line `broken_at` counts. */
export interface AuditVerification {
  readonly valid: boolean;
  readonly entries: number;
  readonly broken_at: number | null;
  readonly file: string | null;
  readonly detail: string;
}

// The log may be in use: an entry can be half written, its checkpoint a moment behind it. Such an end
// is looked at again, and only a checkpoint that moved past what was seen proves that it was in use.
const LOOKS = 4;
const PAUSE_MS = 100;

/** Verifies archives, current file and checkpoint, line by line, without changing anything. */
export const verifyAudit = async (deps: VerifyAuditDeps): Promise<AuditVerification> => {
  const { path, key, files, onProgress } = deps;
  let seen: ChainPlace = CHAIN_START;
  let counted = NOTHING;
  let done = 0;
  for (let look = 1; ; look += 1) {
    const { checkpoint, names, paths, totalBytes } = await readChainFiles(files, path, key);
    if (typeof checkpoint === 'string') return withoutCheckpoint(checkpoint, names.checkpoint);
    const progress = (bytes: number) => {
      done += bytes;
      onProgress?.(done, totalBytes);
    };
    const request = { files, key, paths, from: seen, mark: checkpoint, onProgress: progress };
    const walk = await walkChain(request);
    if (!walk.ok) return invalid(walk.file, walk.line, walk.detail, walk.entries);
    const inUse = look > 1 && checkpoint.entry > counted.entry && checkpoint.entry >= seen.entry;
    if (walk.met && (inUse || isQuiet(walk, checkpoint))) return valid(checkpoint.entry);
    const mayBeInUse = walk.met || checkpoint.entry < seen.entry;
    if (look === LOOKS || !mayBeInUse) return unfinished(walk, checkpoint, path);
    seen = walk.end;
    counted = checkpoint;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
};

type SoundWalk = Extract<Walk, { ok: true }>;

const isQuiet = ({ end, torn }: SoundWalk, checkpoint: AuditPosition): boolean =>
  end.entry === checkpoint.entry && torn === '';

const valid = (entries: number): AuditVerification => ({
  valid: true,
  entries,
  broken_at: null,
  file: null,
  detail: 'chain and checkpoint verified',
});

const invalid = (
  file: string,
  line: number | null,
  detail: string,
  entries: number,
): AuditVerification => ({ valid: false, entries, broken_at: line, file: basename(file), detail });

const withoutCheckpoint = (found: 'missing' | 'unkeyed', path: string): AuditVerification =>
  invalid(
    path,
    null,
    found === 'missing' ? 'the checkpoint is missing' : 'was not made with the audit key',
    0,
  );

const unfinished = (
  { end, torn, met }: SoundWalk,
  checkpoint: AuditPosition,
  path: string,
): AuditVerification => {
  if (torn !== '') return invalid(path, end.line + 1, 'ends inside a line', end.entry);
  const detail =
    met || end.entry > checkpoint.entry
      ? `the checkpoint counts \`${checkpoint.entry}\` of \`${end.entry}\` entries`
      : `ends at entry \`${end.entry}\`, the checkpoint counts \`${checkpoint.entry}\``;
  return invalid(path, end.line === 0 ? null : end.line, detail, end.entry);
};
