import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CellUsage } from '../../supervisor/cell-process.ts';

/** What the control groups of systemd tell of the cells below one slice. */
export interface CellGroups {
  /** The newest instance of a unit that this very process asked for. */
  newest(unit: string): Promise<CellInstance | undefined>;
  /** The process of an instance; undefined before it has one and after. */
  pidOf(name: string): Promise<number | undefined>;
  usage(name: string): Promise<Omit<CellUsage, 'peakRssBytes'> | undefined>;
  /** Whether the kernel killed an instance, which has just ended, for its memory. Asked once for each. */
  diedOfMemory(name: string): Promise<boolean>;
}

export interface CellInstance {
  readonly name: string;
  /** systemd's count of the connections of the socket unit. */
  readonly number: number;
}

/** @param slice where the cells are: `/sys/fs/cgroup/secai.slice`, another folder in tests */
export const makeCellGroups = async (
  slice: string,
  self: { readonly pid: number; readonly uid: number },
): Promise<CellGroups> => {
  const read = async (...names: readonly string[]): Promise<string> => {
    try {
      return await readFile(join(slice, ...names), 'latin1');
    } catch {
      return '';
    }
  };
  const kills = async (...names: readonly string[]): Promise<number | undefined> =>
    valueIn(await read(...names, 'memory.events'), 'oom_kill');
  // Kills of the whole slice that an end of a cell has been explained by.
  let explained = (await kills()) ?? 0;

  return Object.freeze<CellGroups>({
    newest: async (unit) => {
      const names = await readdir(slice).catch((): string[] => []);
      return names
        .flatMap((name) => parseInstance(name, unit, self) ?? [])
        .sort((a, b) => b.number - a.number)[0];
    },
    pidOf: async (name) => {
      const [first = ''] = (await read(name, 'cgroup.procs')).split('\n');
      return /^[1-9]\d*$/.test(first) ? Number(first) : undefined;
    },
    usage: async (name) =>
      parseGroupUsage(await read(name, 'cpu.stat'), await read(name, 'memory.stat')),
    diedOfMemory: async (name) => {
      // systemd removes the group of an ended cell, often before it is read here. The slice stays and
      // counts the kills of all that were ever in it.
      const own = await kills(name);
      const all = (await kills()) ?? explained;
      const isKilled = own === undefined ? all > explained : own > 0;
      if (isKilled) explained = Math.min(explained + 1, all);
      return isKilled;
    },
  });
};

/**
 * `secai-cell@N-PID-UID.service`: how systemd names the instance for the Nth connection, which a process
 * PID of user UID made. Newer releases put the socket's cookie before, and the id of the pidfd behind the PID.
 */
export const parseInstance = (
  name: string,
  unit: string,
  self: { readonly pid: number; readonly uid: number },
): CellInstance | undefined => {
  const found = /^([a-z-]+)@(\d{1,10})-(?:\d+-)?(\d+)(?:_\d+)?-(\d+)\.service$/.exec(name);
  const [, of, number, pid, uid] = found ?? [];
  return of === unit && Number(pid) === self.pid && Number(uid) === self.uid
    ? { name, number: Number(number) }
    : undefined;
};

/**
 * CPU time and resident memory of a control group (cgroup v2). What counts as resident is what VmRSS counts:
 * anonymous and mapped pages, not the cache, in which the whole node binary may lie.
 */
export const parseGroupUsage = (
  cpuStat: string,
  memoryStat: string,
): Omit<CellUsage, 'peakRssBytes'> | undefined => {
  const cpu = valueIn(cpuStat, 'usage_usec');
  const anonymous = valueIn(memoryStat, 'anon');
  const mapped = valueIn(memoryStat, 'file_mapped');
  return cpu !== undefined && anonymous !== undefined && mapped !== undefined
    ? { cpuMs: cpu / 1000, rssBytes: anonymous + mapped }
    : undefined;
};

const valueIn = (text: string, key: string): number | undefined => {
  const found = new RegExp(`^${key} (\\d+)$`, 'm').exec(text)?.[1];
  return found === undefined ? undefined : Number(found);
};
