import type { StepLimits } from '../../protocol/limits.ts';
import type { CellProcess, CellUsage } from './cell-process.ts';
import { limitText } from './limit-text.ts';

/** Where the broker's own deadline found a step: over which limit, and what was seen. */
export type Overrun = (code: 'cpu' | 'wall' | 'memory' | 'violation', message: string) => void;

export interface Watchdog {
  /** What the system said last. */
  lastSeen(): CellUsage;
  stop(): void;
}

const LOOK_EVERY_MS = 50;
/** A cell that is half full is looked at more often: it can fill the other half between two looks. */
const LOOK_CLOSELY_MS = 5;
/** The cell's own timer goes first and leaves the cell usable; this one waits a little for it. */
const GRACE_MS = 750;
/** A cell works with a dozen threads, and no guest can start one; each takes a number from the whole machine. */
const MOST_THREADS = 128;

/**
 * The third watchdog, and the only one that stops everything: BigInt arithmetic and other builtins
 * cannot be interrupted, and a compromised cell would not interrupt itself. It reads the cell's memory
 * and CPU from outside and never asks the cell.
 */
export const startWatchdog = (
  process: CellProcess,
  limits: StepLimits,
  atStart: CellUsage,
  over: Overrun,
): Watchdog => {
  let last = atStart;
  let stopped = false;
  const wall = setTimeout(() => over('wall', limitText('wall', limits)), limits.wall_ms + GRACE_MS);
  let timer = setTimeout(look, LOOK_EVERY_MS);

  async function look(): Promise<void> {
    const usage = await process.usage();
    if (usage === undefined || stopped) return;
    last = usage;
    const excess = excessOf(usage, limits);
    if (excess !== undefined) over(excess.code, excess.message);
    else if (usage.cpuMs - atStart.cpuMs > limits.cpu_ms + GRACE_MS) {
      over('cpu', limitText('cpu', limits));
    }
    const isHalfFull = usage.rssBytes > (limits.rss_mb * MB) / 2;
    if (!stopped) timer = setTimeout(look, isHalfFull ? LOOK_CLOSELY_MS : LOOK_EVERY_MS);
  }

  return Object.freeze({
    lastSeen: () => last,
    stop: (): void => {
      clearTimeout(wall);
      clearTimeout(timer);
      stopped = true;
    },
  });
};

const MB = 1024 * 1024;

/** What no cell may hold at any time, in a step or between two; undefined where it does not. */
export const excessOf = (
  { rssBytes, threads = 0 }: CellUsage,
  { rss_mb }: StepLimits,
): { readonly code: 'memory' | 'violation'; readonly message: string } | undefined => {
  if (rssBytes > rss_mb * MB) {
    return { code: 'memory', message: `the cell held more than ${rss_mb} MB` };
  }
  return threads > MOST_THREADS
    ? { code: 'violation', message: `the cell ran more than ${MOST_THREADS} threads` }
    : undefined;
};
