import { chmod, lstat, mkdir, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import type { SocketFileFacts, SocketFilePower } from '../../http/open-listener.ts';

/** The real file system under the listener's socket file. */
export const makeSocketFilesPowers = (): SocketFilePower =>
  Object.freeze({
    ownUid: process.geteuid?.() ?? -1,
    look,
    makeFolder: async (path: string, mode: number) => {
      await mkdir(path, { recursive: true, mode });
    },
    remove: (path: string) => unlink(path),
    setMode: (path: string, mode: number) => chmod(path, mode),
    isAnswered,
    withOwnerMask: async <T>(run: () => Promise<T>): Promise<T> => {
      const before = process.umask(0o077);
      try {
        return await run();
      } finally {
        process.umask(before);
      }
    },
  });

const look = async (path: string): Promise<SocketFileFacts | undefined> => {
  try {
    const facts = await lstat(path);
    const kind = facts.isSocket() ? 'socket' : facts.isDirectory() ? 'folder' : 'other';
    return { kind, uid: facts.uid, mode: facts.mode & 0o7777 };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

// Refused means that the process which made it is gone; every other answer counts as alive.
const isAnswered = (path: string): Promise<boolean> => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const probe = connect({ path });
  probe.setTimeout(2_000, () => resolve(true));
  probe.once('connect', () => resolve(true));
  probe.once('error', (error) => resolve(!('code' in error && error.code === 'ECONNREFUSED')));
  return promise.finally(() => probe.destroy());
};
