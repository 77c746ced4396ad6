import { basename } from 'node:path';
import { sha256 } from '../../vocabulary/digest.ts';
import type { AppendHandle, AuditFilePowers } from './audit-file-powers.ts';
import type { AuditEvent, AuditPosition } from './audit-log.ts';
import type { ExaminedChain } from './examine-chain.ts';
import type { LogNames } from './log-names.ts';
import { writeDurableCheckpoint } from './write-checkpoint.ts';

export interface RepairedTail {
  readonly position: AuditPosition;
  readonly timestamp: string;
  readonly size: number;
  /** What was repaired, for the log itself. */
  readonly events: readonly AuditEvent[];
}

interface RepairDeps {
  readonly files: AuditFilePowers;
  readonly handle: AppendHandle;
  readonly names: LogNames;
  readonly key: Uint8Array;
}

/**
 * Makes the end of the log whole: a torn line that can be proved is completed, any other is kept beside
 * the log and then cut. A stop between any two effects is finished by the next start.
 */
export const repairTail = async (
  deps: RepairDeps,
  examined: ExaminedChain,
): Promise<RepairedTail> => {
  const { place, torn, completed, checkpoint, verdict } = examined;
  const events: AuditEvent[] = [];
  let { hash, entry, timestamp, offset: size } = place;
  if (completed !== undefined) {
    await deps.handle.append(Buffer.from(`${completed.line.slice(torn.length)}\n`, 'latin1'));
    await deps.handle.sync();
    ({ hash, timestamp } = completed);
    entry += 1;
    size += completed.line.length + 1;
    events.push(repaired('line_completed', { entry, cut_bytes: 0 }));
  } else {
    const cut = torn === '' ? interruptedCut(examined) : await cutTorn(deps, examined);
    if (cut !== undefined) events.push(cut);
    // Before anything takes the place of the entry that the checkpoint counts.
    if (verdict === 'lost_last') {
      await writeDurableCheckpoint(deps.files, deps.names, deps.key, { entry, hash });
    }
  }
  if (verdict === 'stale_checkpoint') {
    const data = { counted: checkpoint.entry, entries: entry };
    events.push({ event: 'checkpoint_repaired', data });
  }
  return { position: { entry, hash }, timestamp, size, events };
};

const cutTorn = async (
  { files, handle, names }: RepairDeps,
  { place, torn, verdict }: ExaminedChain,
): Promise<AuditEvent> => {
  const bytes = Buffer.from(torn, 'latin1');
  const digest = sha256(bytes);
  const entry = place.entry + 1;
  const counted = verdict === 'lost_last';
  const kept = names.keptFile(entry, digest, counted);
  await files.writeFile(kept, bytes, { sync: true });
  await files.syncFolder(names.folder);
  await handle.truncate(place.offset);
  await handle.sync();
  return repaired('line_cut', {
    entry,
    cut_bytes: bytes.length,
    cut_sha256: digest,
    kept_as: basename(kept),
    counted,
  });
};

// A kept line whose entry never came is a repair that stopped before it was recorded.
const interruptedCut = ({ place, kept }: ExaminedChain): AuditEvent | undefined =>
  kept === undefined
    ? undefined
    : repaired('interrupted_repair', {
        entry: place.entry + 1,
        cut_bytes: 0,
        kept_as: kept.name,
        counted: kept.counted,
      });

const repaired = (reason: string, data: AuditEvent['data']): AuditEvent => ({
  event: 'log_repaired',
  data: { reason, ...data },
});
