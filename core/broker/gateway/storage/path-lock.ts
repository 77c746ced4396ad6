/** Runs work on one path after earlier work on the same path has ended. */
export type PathLock = <Result>(path: string, work: () => Promise<Result>) => Promise<Result>;

/** A lock for each path: two steps that write one file never interleave (attack 101). */
export const makePathLock = (): PathLock => {
  const last = new Map<string, Promise<void>>();
  return async (path, work) => {
    const before = last.get(path);
    const { promise, resolve } = Promise.withResolvers<void>();
    last.set(path, promise);
    await before;
    try {
      return await work();
    } finally {
      if (last.get(path) === promise) last.delete(path);
      resolve();
    }
  };
};
