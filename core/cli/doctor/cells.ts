import type { CellSource } from '../../broker/main/cell-source.ts';
import type { CellProcess } from '../../broker/supervisor/cell-process.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { toAgentError } from '../../vocabulary/errors.ts';

/** Which program a cell runs: the one that serves guests, or one that its attacker owns. */
export type CellEntry = 'cell' | 'owned';

/** Starts a spawner; `readable` is a folder that an owned cell may read until it is locked. */
export type StartCells = (
  entry: CellEntry,
  how: { readonly weak: boolean; readonly readable?: string },
) => CellSource;

/** Cells of one entry: behind the whole wall, or where there is no such, behind what there is. */
export interface Cells {
  /** Why none stands behind the whole wall; undefined where one can. */
  readonly fault: string | undefined;
  readonly launch: (profile: ProfileName) => Promise<CellProcess>;
  readonly close: () => Promise<void>;
}

/**
 * A spawner of real cells. Where it refuses to start, one that goes on without what is missing takes its place:
 * the fault is told all the same, and the attempts say what gets through.
 */
export const openCells = async (
  start: StartCells,
  entry: CellEntry,
  readable?: string,
): Promise<Cells> => {
  const place = readable === undefined ? {} : { readable };
  const whole = start(entry, { weak: false, ...place });
  const fault = await faultOf(whole);
  if (fault === undefined)
    return Object.freeze({ fault, launch: whole.launch, close: whole.close });
  const weak = start(entry, { weak: true, ...place });
  return Object.freeze({ fault, launch: weak.launch, close: weak.close });
};

const faultOf = (cells: CellSource): Promise<string | undefined> =>
  cells.ready().then(
    () => undefined,
    (thrown: unknown) => toAgentError(thrown).message,
  );
