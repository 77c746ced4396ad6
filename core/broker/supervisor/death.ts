import type { StepLimits } from '../../protocol/limits.ts';
import type { CellExit, CellUsage } from './cell-process.ts';

/** Signals by which V8 and the C library end a process themselves. */
const FATAL_SIGNALS: readonly string[] = ['SIGABRT', 'SIGTRAP', 'SIGILL', 'SIGSEGV', 'SIGBUS'];
const MB = 1024 * 1024;

/**
 * Why a cell vanished by itself, from what the system saw and nothing that a guest said (attacks 63, 79):
 * `memory` when the kernel killed it for that, or when V8 gave up (or no one could tell how it ended) while
 * the process had grown by most of a heap; else `crash`.
 */
export const reasonOfDeath = (
  exit: CellExit,
  atStart: CellUsage,
  last: CellUsage,
  limits: StepLimits,
): 'memory' | 'crash' => {
  const grown = Math.max(last.rssBytes, last.peakRssBytes) - atStart.rssBytes;
  const gaveUp = exit.signal === null ? exit.code === null : FATAL_SIGNALS.includes(exit.signal);
  const full = grown > (limits.heap_mb * MB) / 2;
  if (exit.outOfMemory === true) return 'memory';
  return last.rssBytes > limits.rss_mb * MB || (gaveUp && full) ? 'memory' : 'crash';
};
