import type { ProfileName } from '../../../vocabulary/enums.ts';
import type { Launcher } from '../../supervisor/cell-process.ts';
import { WARM_PROFILE } from '../../supervisor/pool.ts';
import type { CellSource } from '../cell-source.ts';
import type { LauncherChoice } from '../choose-launcher.ts';
import { makeSocketLauncher } from './cell-socket.ts';
import { withFirstCell } from './first-cell.ts';
import { makeSpawnerLauncher } from './spawner-launcher.ts';

/** Starts what starts cells, as it was chosen. */
export const startCells = ({
  launcher,
  weak,
}: {
  readonly launcher: LauncherChoice;
  readonly weak: boolean;
}): CellSource =>
  launcher.kind === 'spawn'
    ? withFirstCell(makeSpawnerLauncher({ weak }), WARM_PROFILE)
    : cellsOfUnit(launcher.socket);

// systemd is there before us and stays: there is nothing to start, to lose or to close.
const cellsOfUnit = (path: string): CellSource => {
  let units: Launcher | undefined;
  return Object.freeze({
    ready: async () => ({ inherited: [] }),
    lost: () => undefined,
    gone: new Promise<string>(() => {}),
    launch: (profile: ProfileName) => {
      // Made once the broker is locked: it reads files from the pool, whose threads must come later.
      units ??= makeSocketLauncher({ path });
      return units.launch(profile);
    },
    close: async () => {},
  });
};
