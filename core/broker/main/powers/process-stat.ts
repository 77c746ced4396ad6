import { readFile } from 'node:fs/promises';
import type { CellUsage } from '../../supervisor/cell-process.ts';

/** USER_HZ, which the kernel promises to user space on every architecture. */
const TICKS_PER_SECOND = 100;

/** CPU time, memory and threads of a process, read from outside; undefined when it is gone. */
export const readProcessUsage = async (pid: number): Promise<CellUsage | undefined> => {
  try {
    const [stat, status] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'latin1'),
      readFile(`/proc/${pid}/status`, 'latin1'),
    ]);
    return parseUsage(stat, status);
  } catch {
    return undefined;
  }
};

/**
 * The name in `stat` may hold blanks and parentheses, so fields are counted from its last one. Pages that a
 * cell has sent to swap and the kernel's tables of its pages are held like those that are resident (attack 77).
 */
export const parseUsage = (stat: string, status: string): CellUsage | undefined => {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = Number(fields[11]) + Number(fields[12]);
  const threads = Number(fields[17]);
  const resident = kilobytes(status, 'VmRSS');
  const peak = kilobytes(status, 'VmHWM');
  if (!Number.isFinite(ticks + threads) || resident === undefined || peak === undefined) {
    return undefined;
  }
  const rssBytes =
    resident + (kilobytes(status, 'VmSwap') ?? 0) + (kilobytes(status, 'VmPTE') ?? 0);
  return {
    cpuMs: (ticks * 1000) / TICKS_PER_SECOND,
    rssBytes,
    peakRssBytes: Math.max(peak, rssBytes),
    threads,
  };
};

const kilobytes = (status: string, field: string): number | undefined => {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  return found === undefined ? undefined : Number(found) * 1024;
};
