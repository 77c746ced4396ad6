import type { AuditFilePowers } from './audit-file-powers.ts';
import type { AuditPosition } from './audit-log.ts';
import type { ChainFiles } from './chain-files.ts';
import { type CompletedLine, completeLine } from './complete-line.ts';
import { findEntry } from './find-entry.ts';
import { judgeTail, type TailVerdict } from './judge-tail.ts';
import type { KeptLine } from './log-names.ts';
import { logDamaged } from './log-unavailable.ts';
import { CHAIN_START, type ChainPlace, type Walk, walkChain } from './walk-chain.ts';

interface ExamineRequest {
  readonly files: AuditFilePowers;
  readonly key: Uint8Array;
  readonly chain: ChainFiles;
  readonly checkpoint: AuditPosition;
  /** A chain of at most so many bytes is checked whole, a longer one from the checkpoint on. */
  readonly wholeUpTo: number;
}

export interface ExaminedChain {
  /** Behind the last whole entry, and where the bytes of a torn line begin. */
  readonly place: ChainPlace;
  readonly torn: string;
  /** The entry that the torn line was, where that is proved. */
  readonly completed: CompletedLine | undefined;
  /** The line that an interrupted repair cut behind `place` and did not record. */
  readonly kept: KeptLine | undefined;
  readonly checkpoint: AuditPosition;
  readonly verdict: Exclude<TailVerdict, { kind: 'refused' }>['kind'];
  readonly whole: boolean;
}

/**
 * Checks what must be true before the log serves: the tail since the keyed checkpoint, or all of it.
 * @throws AgentError log_unavailable naming file and line
 */
export const examineChain = async (request: ExamineRequest): Promise<ExaminedChain> => {
  const { key, chain, checkpoint } = request;
  const { walk, whole } = await walkBeforeServing(request);
  if (!walk.ok) throw logDamaged(walk);
  const { end: place, torn } = walk;
  const completed = torn === '' ? undefined : completeLine(key, torn, place.hash, checkpoint.hash);
  const kept = chain.names.keptLine(chain.folderNames, place.entry + 1);
  const entry = place.entry + (completed === undefined ? 0 : 1);
  const verdict = judgeTail({
    checkpoint,
    end: { entry, hash: completed?.hash ?? place.hash },
    met: walk.met || (entry === checkpoint.entry && completed?.hash === checkpoint.hash),
    torn: completed === undefined && (torn !== '' || kept?.counted === true),
  });
  if (verdict.kind === 'refused') {
    const line = place.line === 0 ? null : place.line;
    throw logDamaged({ file: chain.names.log, line, detail: verdict.detail });
  }
  return { place, torn, completed, kept, checkpoint, verdict: verdict.kind, whole };
};

const walkBeforeServing = async (
  request: ExamineRequest,
): Promise<{ readonly walk: Walk; readonly whole: boolean }> => {
  const { files, key, chain, checkpoint, wholeUpTo } = request;
  const common = { files, key, paths: chain.paths, mark: checkpoint };
  const tail = chain.totalBytes > wholeUpTo ? await tailStart(request) : undefined;
  if (tail !== undefined) {
    const walk = await walkChain({ ...common, from: tail });
    if (walk.ok) return { walk, whole: false };
  }
  // Also where the tail is damaged: only a walk from the start knows the first bad line's number.
  return { walk: await walkChain({ ...common, from: CHAIN_START }), whole: true };
};

const tailStart = async (request: ExamineRequest): Promise<ChainPlace | undefined> => {
  const { files, chain, checkpoint } = request;
  if (checkpoint.entry === 0) return undefined;
  const found = await findEntry(files, chain.names.log, checkpoint.hash);
  if (found === undefined) return undefined;
  return {
    ...CHAIN_START,
    entry: checkpoint.entry - 1,
    hash: found.prevHash,
    file: chain.paths.length - 1,
    offset: found.offset,
  };
};
