import { spawn } from 'node:child_process';
import { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { ProfileName } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { CellExit, CellProcess, Launcher } from '../../supervisor/cell-process.ts';
import { readProcessUsage } from './process-stat.ts';

const CELL_MAIN = fileURLToPath(new URL('../../../cell/main.js', import.meta.url));
const CELL_HEAP_MB = 64;

/** What makes V8 safe to lock in: no compiler, snapshot or `__proto__`, no inspector by a signal (attack 34). */
const CELL_FLAGS: readonly string[] = [
  '--jitless',
  '--no-node-snapshot',
  '--disable-proto=throw',
  '--disable-sigusr1',
  `--max-old-space-size=${CELL_HEAP_MB}`,
];

/**
 * Starts cells as children with one socketpair on fd 3: empty environment, cwd `/`, no other descriptor
 * (attack 131). Never Node's own ipc channel, which deserialises what the child sends.
 */
export const makeSpawnLauncher = (main: string = CELL_MAIN): Launcher =>
  Object.freeze({ launch: (profile: ProfileName) => launch(main, profile) });

const launch = async (main: string, profile: ProfileName): Promise<CellProcess> => {
  const child = spawn(process.execPath, [...CELL_FLAGS, main, profile], {
    // coverage would add its variable to an empty environment, so it is named and undefined
    env: { NODE_V8_COVERAGE: undefined },
    cwd: '/',
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<CellExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (cause) =>
      reject(new AgentError({ code: 'sandbox_unavailable', message: 'no process starts', cause })),
    );
  });
  const channel = child.stdio[3];
  const { pid } = child;
  if (!(channel instanceof Duplex) || pid === undefined) {
    child.kill('SIGKILL');
    throw new AgentError({ code: 'sandbox_unavailable', message: 'a cell without a channel' });
  }
  return Object.freeze({
    pid,
    channel,
    exited,
    usage: () => readProcessUsage(pid),
    kill: (): void => {
      child.kill('SIGKILL');
    },
  });
};
