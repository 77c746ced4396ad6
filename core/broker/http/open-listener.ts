import { dirname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { AgentError } from '../../vocabulary/errors.ts';
import type { ListenAddress } from './listen-address.ts';

/** What a socket file needs of the file system. */
export interface SocketFilePower {
  /** The kind and owner of a name, itself and not what it points to; undefined where there is none. */
  readonly look: (path: string) => Promise<SocketFileFacts | undefined>;
  readonly makeFolder: (path: string, mode: number) => Promise<void>;
  readonly remove: (path: string) => Promise<void>;
  readonly setMode: (path: string, mode: number) => Promise<void>;
  /** True where a process accepts connections at this socket. */
  readonly isAnswered: (path: string) => Promise<boolean>;
  /** Runs with a mask that makes new files the owner's alone, so that no one connects before the mode is set. */
  readonly withOwnerMask: <T>(run: () => Promise<T>) => Promise<T>;
  readonly ownUid: number;
}

export interface SocketFileFacts {
  readonly kind: 'socket' | 'folder' | 'other';
  readonly uid: number;
  readonly mode: number;
}

// The kernel caps it too; with a longer queue a burst of clients waits instead of being turned away.
const BACKLOG = 4096;
const STICKY = 0o1000;
const OTHERS_WRITE = 0o002;

/**
 * Listens where the configuration says.
 * @throws AgentError configuration where the place is taken, unsafe or not ours
 */
export const openListener = async (
  app: FastifyInstance,
  address: ListenAddress,
  files: SocketFilePower,
): Promise<void> => {
  if (address.kind === 'tcp') {
    await app.listen({ host: address.host, port: address.port, backlog: BACKLOG });
    return;
  }
  const { path } = address;
  await claimSocketPath(path, files);
  await files.withOwnerMask(() => app.listen({ path, backlog: BACKLOG }));
  await files.setMode(path, 0o660);
};

/**
 * Makes a path free for our socket. What lies there may have been put there by someone else (attack 173): only
 * a socket of our own user that nobody answers is removed; anything else is a refusal that names it.
 */
export const claimSocketPath = async (path: string, files: SocketFilePower): Promise<void> => {
  const folder = dirname(path);
  const facts = await files.look(folder);
  if (facts === undefined) await files.makeFolder(folder, 0o750);
  else if (facts.kind !== 'folder') throw refusal(`\`${folder}\` is not a folder`);
  else if ((facts.mode & OTHERS_WRITE) !== 0 && (facts.mode & STICKY) === 0)
    throw refusal(`everyone may write in \`${folder}\``);

  const old = await files.look(path);
  if (old === undefined) return;
  if (old.kind !== 'socket') throw refusal(`\`${path}\` exists and is not a socket`);
  if (old.uid !== files.ownUid) throw refusal(`\`${path}\` is the socket of another user`);
  if (await files.isAnswered(path)) throw refusal(`another process listens at \`${path}\``);
  await files.remove(path);
};

const refusal = (problem: string): AgentError =>
  new AgentError({
    code: 'configuration',
    message: `cannot listen at BIND_ADDR: ${problem}`,
    remedy: 'name a socket path in a folder of the agent in BIND_ADDR, or stop the other process',
  });
