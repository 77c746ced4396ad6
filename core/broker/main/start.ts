import type { CellSource } from './cell-source.ts';
import { readConfig } from './config.ts';
import { startCells } from './powers/cell-sources.ts';

/**
 * The broker as `serve` runs it: first the spawner and through it the first cell, which need half of the time of
 * a start and another core, and are forked from a process that has read no secret yet; then the rest.
 */
export const start = async (env: NodeJS.ProcessEnv): Promise<void> => {
  process.umask(0o077);
  const cells = tryStartCells(env);
  const [{ serve }, { makePowers }] = await Promise.all([
    import('./entry.ts'),
    import('./powers.ts'),
  ]);
  const powers = makePowers();
  await serve(env, cells === undefined ? powers : { ...powers, startCells: () => cells });
};

const tryStartCells = (env: NodeJS.ProcessEnv): CellSource | undefined => {
  try {
    const { launcher, allow } = readConfig(env);
    return startCells({ launcher, weak: allow.weakSandbox });
  } catch {
    // The broker comes upon the same fault, and tells of it where its log is.
    return undefined;
  }
};
