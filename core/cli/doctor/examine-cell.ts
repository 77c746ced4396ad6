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
  readonly lock: LockFacts | undefined;
  readonly status: ProcessStatus | undefined;
  /** The process that started the cell. */
  readonly spawner: number | undefined;
}

const WAIT_MS = 20_000;
const NO_LOCK: LockFacts = { layers: [], landlockAbi: 0, covered: [], uid: -1 };

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
  const facts = lock ?? NO_LOCK;
  const answers = reports.flatMap((line) => parseAnswer(line) ?? []);
  const rows = [
    startRow(place, cells.fault ?? whyNot(lock, exit)),
    ...layerRows(place, facts.layers),
    ...coverRows(place, facts, wall.landlock.coveredBy),
    ...lockStatusRows(place, status),
    ...identityRows(place, status, process.getuid?.() === 0),
    ...rowsOfAnswers(place, attempts, answers, { ...facts, seccomp: wall.seccomp }),
  ];
  const parent = Number(status?.fields.get('PPid'));
  return { rows, lock, status, spawner: Number.isInteger(parent) ? parent : undefined };
};

const whyNot = (lock: LockFacts | undefined, exit: OwnedEnd['exit']): string | undefined =>
  lock === undefined
    ? `the cell ended: ${exit.said || (exit.signal ?? `exit code ${exit.code}`)}`
    : undefined;
