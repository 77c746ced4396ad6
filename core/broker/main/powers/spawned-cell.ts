import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { signalPidfd } from '../../../linux/pidfd.ts';
import type { CellExit, CellProcess } from '../../supervisor/cell-process.ts';
import { readProcessUsage } from './process-stat.ts';

const SIGKILL = 9;

export interface SpawnedCell extends CellProcess {
  /** Told once by whoever waited for the process. */
  readonly onEnd: (exit: CellExit) => void;
}

/**
 * A cell of which this process holds the channel and a pidfd. It is not our child: the number may belong to
 * another process as soon as the cell is gone, so it is signalled through the descriptor alone.
 */
export const spawnedCell = (pid: number, channel: number, pidfd: number): SpawnedCell => {
  const { promise: exited, resolve } = Promise.withResolvers<CellExit>();
  let open = true;
  return Object.freeze({
    pid,
    channel: new Socket({ fd: channel, readable: true, writable: true }),
    exited,
    usage: () => readProcessUsage(pid),
    kill: (): void => {
      if (!open) return;
      try {
        signalPidfd(pidfd, SIGKILL);
      } catch {
        // It is gone already, which is what was wanted.
      }
    },
    onEnd: (exit: CellExit): void => {
      if (open) closeSync(pidfd);
      open = false;
      resolve(exit);
    },
  });
};
