import type { CellExit, CellProcess } from '../broker/supervisor/cell-process.ts';
import { makeFrameReader } from '../protocol/frame.ts';
import type { LockFacts } from '../protocol/lock-facts.ts';
import { MAX_FRAME_FROM_CELL } from '../protocol/messages.ts';
import { type Attack, encodeAttack, parseFromOwned } from '../protocol/owned.ts';

/** How an owned cell went: what it told, and how its process ended. */
export interface OwnedEnd {
  /** Undefined where it did not lock itself. */
  readonly lock: LockFacts | undefined;
  readonly reports: readonly string[];
  /** What the attack returned or threw; undefined where the process ended before. */
  readonly ended: string | undefined;
  readonly exit: CellExit;
}

interface OwnedOptions {
  readonly waitMs: number;
  /** Told of each report while the cell lives. */
  readonly onReport?: (text: string) => void;
}

/** The most reports that are kept; a cell that goes on is ended. */
const MOST_REPORTS = 10_000;

/**
 * Gives a cell its attack and waits for its end. Everything that comes up the channel is the attacker's:
 * what is no message of an owned cell ends it, and so does the time.
 */
export const runOwnedCell = async (
  cell: CellProcess,
  attack: Attack,
  { waitMs, onReport = () => {} }: OwnedOptions,
): Promise<OwnedEnd> => {
  const { channel } = cell;
  const reports: string[] = [];
  let lock: LockFacts | undefined;
  let ended: string | undefined;
  const late = setTimeout(cell.kill, waitMs);
  const closed = new Promise((resolve) => channel.once('close', resolve));
  const read = makeFrameReader(MAX_FRAME_FROM_CELL);
  channel.on('error', cell.kill);
  channel.on('data', (chunk: Buffer) => {
    try {
      for (const message of read(chunk).map(parseFromOwned)) {
        if (message.type === 'locked') lock ??= message.lock;
        else if (message.type === 'ended') ended = message.text;
        else {
          if (reports.length >= MOST_REPORTS) return cell.kill();
          reports.push(message.text);
          onReport(message.text);
        }
      }
    } catch {
      cell.kill();
    }
  });
  channel.write(encodeAttack(attack));
  const exit = await cell.exited;
  await closed;
  clearTimeout(late);
  return { lock, reports, ended, exit };
};
