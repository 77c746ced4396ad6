import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bindRawSyscall } from '../../linux/raw-syscall.ts';
import { syscallNumbers } from '../../linux/seccomp/syscall-numbers.ts';
import { thisArchitecture } from '../../linux/this-architecture.ts';
import type { Targets } from './attempts.ts';

/** What `doctor` lays out for the attempts, and watches. */
export interface Ground {
  readonly targets: Targets;
  /** A folder that the broker's lock allows, for the one that `doctor` locks. */
  readonly inside: string;
  /** A folder for what is built, which a cell may read until it is locked. */
  readonly workshop: string;
  /** How often anybody reached one of the two listeners. */
  readonly connections: () => number;
  readonly clear: () => Promise<void>;
}

const F_DUPFD = 0;
/** Above what a starting Node opens itself. */
const FIRST_NUMBER = 200;

/**
 * Makes files, listeners and a descriptor that only the wall keeps from a cell: their modes let everybody in,
 * and the descriptor is one that a child inherits.
 */
export const layGround = async (): Promise<Ground> => {
  const root = mkdtempSync(join(tmpdir(), 'secai-doctor-'));
  const at = (name: string): string => join(root, name);
  chmodSync(root, 0o755);
  for (const name of ['outside', 'inside', 'workshop']) mkdirSync(at(name), { mode: 0o755 });
  const file = at('outside/file');
  writeFileSync(file, 'nobody reads this\n');
  chmodSync(file, 0o666);
  writeFileSync(at('secret'), randomBytes(32).toString('hex'), { mode: 0o600 });

  let connections = 0;
  const tcp = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  const unix = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await listen(tcp, { host: '127.0.0.1', port: 0 });
  const unixPath = at('outside/socket');
  await listen(unix, { path: unixPath });
  chmodSync(unixPath, 0o666);
  const bound = tcp.address();
  const descriptor = openInheritable(at('secret'));

  return Object.freeze({
    targets: {
      file,
      folder: at('outside'),
      pid: process.pid,
      tcpPort: typeof bound === 'object' && bound !== null ? bound.port : 0,
      unixPath,
      descriptor,
    },
    inside: at('inside'),
    workshop: at('workshop'),
    connections: () => connections,
    clear: async (): Promise<void> => {
      closeSync(descriptor);
      await Promise.all([tcp, unix].map((server) => new Promise((done) => server.close(done))));
      rmSync(root, { recursive: true, force: true });
    },
  });
};

const listen = (server: Server, where: Parameters<Server['listen']>[0]): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject).listen(where, resolve);
  });

// Node opens everything close-on-exec; a copy is not, as a descriptor from a careless library would be.
const openInheritable = (path: string): number => {
  const own = openSync(path, 'r');
  const fcntl = syscallNumbers(thisArchitecture()).get('fcntl') ?? -1;
  const { value } = bindRawSyscall()(fcntl, own, F_DUPFD, FIRST_NUMBER);
  closeSync(own);
  return value;
};
