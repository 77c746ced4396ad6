import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ProfileName } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { CellExit, CellProcess, Launcher } from '../../supervisor/cell-process.ts';
import { type CellGroups, makeCellGroups } from './cell-group.ts';
import { peerOf } from './peer-of.ts';

const SLICE = '/sys/fs/cgroup/secai.slice';
const LOOK_EVERY_MS = 10;
const STARTS_WITHIN_MS = 5_000;

interface SocketLauncherParts {
  /** The socket of `secai-cell.socket`. A profile other than `standard` has `cell-NAME.sock` beside it. */
  readonly path: string;
  /** Where the control groups of the cells are. */
  readonly slice?: string;
  readonly startsWithinMs?: number;
}

interface Connection {
  readonly channel: Socket;
  readonly closed: Promise<void>;
}

/** A running cell of a unit, and how to find what the kernel says of it. */
interface StartedCell {
  readonly name: string;
  readonly pid: number;
}

/**
 * Starts cells by connecting to a socket unit with `Accept=yes`: systemd starts one hardened instance of
 * `secai-cell@.service` a connection, and the connection is the cell's channel.
 *
 * The broker cannot see or signal a cell's process, which has another user. It finds the instance by its
 * control group and reads that; it kills by closing the channel. A cell that does not end then has no
 * channel any more and is ended by the unit's RuntimeMaxSec.
 */
export const makeSocketLauncher = ({
  path,
  slice = SLICE,
  startsWithinMs = STARTS_WITHIN_MS,
}: SocketLauncherParts): Launcher => {
  const self = { pid: process.pid, uid: process.geteuid?.() ?? -1 };
  const groups = makeCellGroups(slice, self);
  const known = new Map<string, number>();
  let last: Promise<unknown> = Promise.resolve();

  // One launch at a time: connections are told from each other by their order alone. Where one was given
  // up and its cell comes late, the next launch may take that for its own: its control group then
  // vanishes, and a cell that cannot be watched runs no step.
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const mine = last.then(run);
    last = mine.catch(() => {});
    return mine;
  };
  const start = async (profile: ProfileName): Promise<CellProcess> => {
    const socket = socketOf(path, profile);
    const unit = `secai-${basename(socket, '.sock')}`;
    const { newest, pidOf } = await groups;
    const before = Math.max((await newest(unit))?.number ?? -1, known.get(unit) ?? -1);
    const connection = await connectTo(socket, self.uid);
    const { channel } = connection;
    const late = performance.now() + startsWithinMs;
    while (performance.now() < late && !channel.destroyed) {
      const found = await newest(unit);
      if (found !== undefined && found.number > before) {
        known.set(unit, found.number);
        const pid = await pidOf(found.name);
        if (pid !== undefined)
          return asProcess(connection, { name: found.name, pid }, await groups);
      }
      await pause(LOOK_EVERY_MS);
    }
    channel.destroy();
    throw unavailable(
      'no cell started for the connection, or its control group is not to be found',
    );
  };
  return Object.freeze({ launch: (profile: ProfileName) => inTurn(() => start(profile)) });
};

const socketOf = (path: string, profile: ProfileName): string =>
  profile === 'standard' ? path : path.replace(/(\.sock)?$/, `-${profile}$1`);

const unavailable = (message: string, cause?: unknown): AgentError =>
  new AgentError({ code: 'sandbox_unavailable', message, cause });

// Whoever answers gets the source and the input of steps. The kernel says who listens (SO_PEERCRED): systemd,
// which is root, or the user that the broker itself is. Anyone else planted the socket there.
const connectTo = async (path: string, ownUid: number): Promise<Connection> => {
  const channel = connect({ path });
  try {
    await once(channel, 'connect');
  } catch (cause) {
    throw unavailable(`nothing listens on \`${path}\``, cause);
  }
  const peer = peerOf(channel);
  if (peer === null || (peer.uid !== 0 && peer.uid !== ownUid)) {
    channel.destroy();
    throw unavailable(`\`${path}\` is served by the wrong user`);
  }
  // An error ends in `close`, which is what the end of a cell looks like from here.
  channel.on('error', () => {});
  const closed = new Promise<void>((resolve) => channel.once('close', () => resolve()));
  return { channel, closed };
};

const asProcess = (
  { channel, closed }: Connection,
  { name, pid }: StartedCell,
  groups: CellGroups,
): CellProcess => {
  let peakRssBytes = 0;
  const exited = closed.then(
    async (): Promise<CellExit> => ({
      // No parent, no exit status: only what the kernel counted.
      code: null,
      signal: null,
      outOfMemory: await groups.diedOfMemory(name),
    }),
  );
  return Object.freeze({
    pid,
    channel,
    exited,
    usage: async () => {
      const usage = await groups.usage(name);
      if (usage === undefined) return undefined;
      peakRssBytes = Math.max(peakRssBytes, usage.rssBytes);
      return { ...usage, peakRssBytes };
    },
    kill: (): void => {
      channel.destroy();
    },
  });
};
