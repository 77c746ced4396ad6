import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { refuseRings } from '../../../../core/linux/seccomp/refuse-rings.ts';
import { PACKAGE_ROOT } from '../../../../core/vocabulary/package-root.ts';
import { readUnit } from '../../../systemd/unit-file.ts';

/** What a socket unit does, without systemd: a real socket, real cells on fd 3, control groups of plain files. */
export interface SocketUnit {
  readonly path: string;
  readonly slice: string;
  /** The cells, in the order of their connections. */
  readonly cells: readonly ChildProcess[];
  /** The folder of the control group of the nth cell. */
  readonly group: (number: number) => string;
}

interface Options {
  /** A path of another program than the cell. */
  readonly program?: string;
  /** Accepts and starts nothing. */
  readonly startsNothing?: boolean;
  /** How the instances of systemd are named that this unit stands for. */
  readonly instance?: (number: number) => string;
}

// As the unit's SystemCallFilter does.
refuseRings();

const byPidAndUid = (number: number): string =>
  `secai-cell@${number}-${process.pid}-${process.geteuid?.()}.service`;

export const startSocketUnit = async (
  t: TestContext,
  { program, startsNothing = false, instance = byPidAndUid }: Options = {},
): Promise<SocketUnit> => {
  const root = await mkdtemp(join(tmpdir(), 'secai-socket-unit-'));
  const path = join(root, 'cell.sock');
  const slice = join(root, 'secai.slice');
  const cells: ChildProcess[] = [];
  const group = (number: number): string => join(slice, instance(number));
  await mkdir(slice);
  await writeFile(join(slice, 'memory.events'), 'low 0\noom 0\noom_kill 0\n');

  const [, ...words] = readUnit('secai-cell@.service').words('ExecStart');
  const flags = words.filter((word) => word.startsWith('--'));
  const main = program ?? join(PACKAGE_ROOT, 'dist/core/cell/main.js');
  const server = createServer({ pauseOnConnect: true }, (accepted) => {
    if (startsNothing) return;
    const cell = spawn(process.execPath, [...flags, main, 'standard'], {
      env: { NODE_V8_COVERAGE: undefined },
      cwd: '/',
      stdio: ['ignore', 'ignore', 'ignore', accepted],
    });
    // The cell has its own copy; this one would keep the connection open after it.
    accepted.destroy();
    const folder = group(cells.push(cell) - 1);
    void writeGroup(folder, cell.pid ?? 0);
    cell.once('exit', () => void rm(folder, { recursive: true, force: true }));
  });
  server.listen(path);
  await once(server, 'listening');
  t.after(async () => {
    server.close();
    for (const cell of cells) cell.kill('SIGKILL');
    await rm(root, { recursive: true, force: true });
  });
  return { path, slice, cells, group };
};

const MB = 1024 * 1024;

const writeGroup = async (folder: string, pid: number): Promise<void> => {
  await mkdir(folder);
  await writeFile(join(folder, 'memory.events'), 'low 0\noom 0\noom_kill 0\n');
  await writeFile(join(folder, 'cpu.stat'), 'usage_usec 250000\nuser_usec 200000\n');
  await writeFile(
    join(folder, 'memory.stat'),
    `anon ${40 * MB}\nfile ${130 * MB}\nfile_mapped ${10 * MB}\n`,
  );
  await writeFile(join(folder, 'cgroup.procs'), `${pid}\n`);
};
