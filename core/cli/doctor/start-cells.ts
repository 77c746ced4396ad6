import { join } from 'node:path';
import { makeSpawnerLauncher } from '../../broker/main/powers/spawner-launcher.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import type { StartCells } from './cells.ts';

const SPAWNER = join(PACKAGE_ROOT, 'dist/core/spawner/main.js');

/** The spawner that `serve` starts, told to run the entry. */
export const startCells: StartCells = (entry, { weak, readable }) =>
  makeSpawnerLauncher({
    weak,
    program: [SPAWNER, entry, ...(readable === undefined ? [] : [`--readable=${readable}`])],
  });
