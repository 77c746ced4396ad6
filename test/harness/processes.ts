import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Pids of the direct children of a process, from /proc. */
export const childrenOf = async (pid: number): Promise<readonly number[]> => {
  const found: number[] = [];
  for (const name of (await readdir('/proc')).filter((each) => /^\d+$/.test(each))) {
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
    if (parent === String(pid)) found.push(Number(name));
  }
  return found;
};

/** Pids of the cells of a broker: the children of its spawners. */
export const cellsOf = async (broker: number): Promise<readonly number[]> => {
  const cells = [];
  for (const spawner of await childrenOf(broker)) cells.push(...(await childrenOf(spawner)));
  return cells;
};

/** Resident memory of a process in bytes. */
export const residentBytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
};

/** False once the process is gone; one that is dead and not yet reaped counts as gone. */
export const isAlive = (pid: number): boolean => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2)[0] !== 'Z';
  } catch {
    return false;
  }
};

/** True once a process is gone, which takes a moment after it was killed; false where it is there for long after. */
export const untilGone = async (pid: number, ms = 5000): Promise<boolean> => {
  const deadline = performance.now() + ms;
  while (isAlive(pid) && performance.now() < deadline) await pause(10);
  return !isAlive(pid);
};
