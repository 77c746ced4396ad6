import { fileURLToPath } from 'node:url';
import type { CellSource } from '../../core/broker/main/cell-source.ts';
import { makeSpawnerLauncher } from '../../core/broker/main/powers/spawner-launcher.ts';

let own: CellSource | undefined;

/** Real cells from a real spawner, one for the whole test process; it ends with the process. */
export const cellSource = (): CellSource => {
  own ??= makeSpawnerLauncher();
  return own;
};

const SPAWNER_OF = fileURLToPath(new URL('./spawner-of.js', import.meta.url));

/** The real spawner, which starts the program `main` in place of the cell's. Others must be able to read its folder. */
export const cellsOf = (main: string): CellSource =>
  makeSpawnerLauncher({ program: [SPAWNER_OF, main] });
