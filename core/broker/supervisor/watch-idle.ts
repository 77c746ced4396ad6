import type { StepLimits } from '../../protocol/limits.ts';
import type { DeathReason } from './cell-end.ts';
import type { CellProcess } from './cell-process.ts';
import { excessOf } from './watchdog.ts';

const LOOK_EVERY_MS = 250;
/** Making the next isolate and cleaning up after the last take a few ms; nothing else is to be done. */
const IDLE_CPU_MS = 1000;

/**
 * Looks after a cell that says it is idle. One that its last guest owns says so too, and then takes memory and
 * CPU that belong to no step and that no step's limit ends (attack 204).
 * @returns stops looking
 */
export const watchIdle = (
  process: CellProcess,
  limits: StepLimits,
  over: (reason: DeathReason) => void,
): (() => void) => {
  let stopped = false;
  let cpuAtFirst: number | undefined;
  let timer = setTimeout(look, LOOK_EVERY_MS);

  async function look(): Promise<void> {
    const usage = await process.usage();
    if (usage === undefined || stopped) return;
    cpuAtFirst ??= usage.cpuMs;
    const excess = excessOf(usage, limits);
    if (excess !== undefined) over(excess.code);
    else if (usage.cpuMs - cpuAtFirst > IDLE_CPU_MS) over('cpu');
    else timer = setTimeout(look, LOOK_EVERY_MS);
  }

  return () => {
    stopped = true;
    clearTimeout(timer);
  };
};
