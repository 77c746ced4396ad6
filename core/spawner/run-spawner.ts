import { readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { closeOnExecFrom } from '../linux/close-range.ts';
import { makeLineReader } from '../protocol/lines.ts';
import {
  encodeSpawnerAnswer,
  MAX_REQUEST_LINE,
  parseSpawnerRequest,
  type SpawnerAnswer,
  type SpawnerRequest,
} from '../protocol/spawner.ts';
import { cellCommand } from './cell-command.ts';
import { allowedCores } from './cores.ts';
import { lockSpawner } from './lock-spawner.ts';
import { outOfReach } from './out-of-reach.ts';
import { reasonOf } from './reason-of.ts';
import { type StartedCell, startCell } from './start-cell.ts';

const DESCRIPTORS_FD = 3;
const FIRST_INHERITED_FD = 3;
/** The broker goes first where both want the same core; cells take the rest. */
const CELL_NICENESS = 10;

interface SpawnerOptions {
  /** The one program that it may start: fixed here, never named in a message. */
  readonly main: string;
  /** Goes on without a layer that the kernel lacks, and lets cells do the same. */
  readonly weak: boolean;
  /** Folders that cells may read besides the program's own. */
  readonly readable?: readonly string[];
}

/**
 * The spawner's whole life: lock itself, say so, then start one cell a line.
 *
 * A broken broker controls the lines. Each can only name a profile of the closed list; what is started,
 * with which arguments, environment, user and descriptors is fixed above. Anything else on the line ends the
 * spawner with all its cells, and so does the end of the stream (attack 189).
 */
export const runSpawner = ({ main, weak, readable = [] }: SpawnerOptions): void => {
  closeOnExecFrom(FIRST_INHERITED_FD);
  const unreachable = outOfReach([main, process.execPath]);
  if (unreachable !== undefined) {
    process.stderr.write(`${unreachable}\n`);
    process.exitCode = 1;
    return;
  }
  const cores = allowedCores(readFileSync('/proc/self/status', 'latin1'));
  const { layers, landlockAbi, failures } = lockSpawner(readable);
  if (failures.length > 0 && !weak) {
    for (const failure of failures) process.stderr.write(`${JSON.stringify(failure)}\n`);
    process.exitCode = 1;
    return;
  }
  setPriority(CELL_NICENESS);

  const cells = new Set<StartedCell>();
  let number = 0;
  const end = (): void => {
    for (const cell of cells) cell.kill();
    process.exit(0);
  };
  const say = (answer: SpawnerAnswer): void => {
    process.stdout.write(encodeSpawnerAnswer(answer));
  };
  const start = ({ profile }: SpawnerRequest): void => {
    number += 1;
    const core = cores[number % cores.length] ?? 0;
    try {
      const cell = startCell(cellCommand({ main, profile, weak, core }), DESCRIPTORS_FD);
      cells.add(cell);
      say({ type: 'started', number, pid: cell.pid });
      void cell.ended.then((how) => {
        cells.delete(cell);
        say({ type: 'ended', pid: cell.pid, ...how });
      });
    } catch (thrown) {
      say({ type: 'refused', number, reason: reasonOf(thrown) });
    }
  };

  const read = makeLineReader(MAX_REQUEST_LINE);
  process.stdin.on('data', (chunk: Buffer) => {
    try {
      for (const line of read(chunk)) start(parseSpawnerRequest(line));
    } catch {
      end();
    }
  });
  process.stdin.on('end', end);
  process.stdin.on('error', end);
  process.stdout.on('error', end);
  say({ type: 'ready', layers, landlockAbi });
};
