import { join } from 'node:path';
import { startSpawnerProcess } from '../../broker/main/powers/spawner-process.ts';
import type { SeccompProfile } from '../../linux/seccomp/seccomp-profile.ts';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { spawnerAttempts } from './attempts.ts';
import type { Ground } from './ground.ts';
import { layerRows } from './layer-rows.ts';
import type { Answer, Row } from './row.ts';
import { rowsOfAnswers } from './rows-of-answers.ts';
import { runLocked } from './run-locked.ts';
import { startRow } from './start-row.ts';
import { lockStatusRows } from './status-rows.ts';

const PLACE = { process: 'spawner', profile: null } as const;
const OTHER = { tried: 'run another program than node', calls: [], right: 'execute' } as const;
const SIGNAL_SCOPE_SINCE = 6;
const WAIT_MS = 5000;
const SPAWNER = join(PACKAGE_ROOT, 'dist/core/spawner/main.js');

/** A process behind the spawner's own lock tries what no cell may inherit, and a real one gets a wrong line. */
export const examineSpawner = async (
  ground: Ground,
  seccomp: SeccompProfile,
): Promise<readonly Row[]> => {
  const run = await runLocked('spawner', ground);
  const { layers, faults, landlockAbi, answers, status, said } = run;
  const standing = { layers, landlockAbi, seccomp };
  const attempts = [...spawnerAttempts(ground.targets), OTHER];
  return [
    startRow(PLACE, said === '' ? undefined : said),
    ...layerRows(PLACE, layers, faults),
    ...lockStatusRows(PLACE, status),
    ...rowsOfAnswers(PLACE, attempts, answers, standing).map((row) =>
      row.tried === 'signal the broker' && landlockAbi < SIGNAL_SCOPE_SINCE
        ? { ...row, mandatory: false }
        : row,
    ),
    nodeRow(answers),
    await wrongLine(),
  ];
};

/** The one program that it may start; where even that failed, the refusals above prove nothing. */
const nodeRow = (answers: readonly Answer[]): Row => {
  const answered = answers.find(({ tried }) => tried === 'run node')?.answered ?? 'no answer';
  const ok = answered === 'done';
  const enforcedBy = ok ? 'allowed: the one program' : null;
  return { ...PLACE, tried: 'run node', answered, enforcedBy, mandatory: true, ok };
};

/** A request that names no profile ends the spawner. */
const wrongLine = async (): Promise<Row> => {
  const over = Promise.withResolvers<string>();
  const spawner = startSpawnerProcess([SPAWNER, 'cell', '--weak'], {
    answer: ({ type }) => {
      if (type === 'ready') spawner.ask('{"profile":"root"}\n');
      else over.resolve(type);
    },
    ended: () => over.resolve('it ended'),
  });
  const late = setTimeout(() => over.resolve('it goes on'), WAIT_MS);
  const answered = await over.promise;
  clearTimeout(late);
  spawner.kill();
  const ok = answered === 'it ended';
  return {
    ...PLACE,
    tried: 'ask for something else than a cell',
    answered,
    enforcedBy: ok ? 'spawner: closed list of requests' : null,
    mandatory: true,
    ok,
  };
};
