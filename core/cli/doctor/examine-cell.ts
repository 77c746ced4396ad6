import type { LandlockProfile } from '../../linux/landlock/landlock-profile.ts';
import type { SeccompProfile } from '../../linux/seccomp/seccomp-profile.ts';
import type { LockFacts } from '../../protocol/lock-facts.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { type OwnedEnd, runOwnedCell } from '../owned-cell.ts';
import { attackText, OVER } from './attack-text.ts';
import { cellAttempts, type Targets } from './attempts.ts';
import type { Cells } from './cells.ts';
import { coverRows, layerRows } from './layer-rows.ts';
import { parseAnswer } from './parse-answer.ts';
import { type ProcessStatus, readStatus } from './process-status.ts';
import type { Row } from './row.ts';
import { rowsOfAnswers } from './rows-of-answers.ts';
import { startRow } from './start-row.ts';
import { identityRows, lockStatusRows } from './status-rows.ts';

/** The two profiles of the kernel that a sandbox profile names. */
export interface CellWall {
  readonly landlock: LandlockProfile;
  readonly seccomp: SeccompProfile;
}

export interface CellExamination {
  readonly rows: readonly Row[];
  /** Undefined where none came to stand. */
  readonly lock: LockFacts | undefined;
  readonly status: ProcessStatus | undefined;
}

const WAIT_MS = 20_000;

/** A cell whose attacker owns it tries everything, and is looked at from outside while it lives. */
export const examineCell = async (
  profile: ProfileName,
  cells: Cells,
  targets: Targets,
  wall: CellWall,
): Promise<CellExamination> => {
  const place = { process: 'cell', profile } as const;
  const attempts = cellAttempts(targets);
  const cell = await cells.launch(profile);
  let status: ProcessStatus | undefined;
  const { lock, reports, exit } = await runOwnedCell(
    cell,
    { kind: 'script', text: attackText(attempts, targets.file) },
    {
      waitMs: WAIT_MS,
      onReport: (text) => {
        if (text !== OVER) return;
        status = readStatus(cell.pid);
        cell.kill();
      },
    },
  );
  const start = startRow(place, cells.fault ?? whyNot(lock, exit));
  if (lock === undefined) return { rows: [start], lock, status };
  const answers = reports.flatMap((line) => parseAnswer(line) ?? []);
  const rows = [
    start,
    ...layerRows(place, lock.layers),
    ...coverRows(place, lock, wall.landlock.coveredBy),
    ...lockStatusRows(place, status),
    ...identityRows(place, status, process.getuid?.() === 0),
    ...rowsOfAnswers(place, attempts, answers, { ...lock, seccomp: wall.seccomp }),
  ];
  return { rows, lock, status };
};

const whyNot = (lock: LockFacts | undefined, exit: OwnedEnd['exit']): string | undefined =>
  lock === undefined
    ? `the cell ended: ${exit.said || (exit.signal ?? `exit code ${exit.code}`)}`
    : undefined;
