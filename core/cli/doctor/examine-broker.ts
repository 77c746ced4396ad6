import type { SeccompProfile } from '../../linux/seccomp/seccomp-profile.ts';
import { brokerAttempts } from './attempts.ts';
import type { Ground } from './ground.ts';
import { layerRows, REMEDIES } from './layer-rows.ts';
import type { Row } from './row.ts';
import { rowsOfAnswers } from './rows-of-answers.ts';
import { runLocked } from './run-locked.ts';
import { startRow } from './start-row.ts';
import { lockStatusRows } from './status-rows.ts';

const PLACE = { process: 'broker', profile: null } as const;
const CONNECT_SINCE = 4;

/** A process behind the broker's own lock tries what the broker never needs. */
export const examineBroker = async (
  ground: Ground,
  seccomp: SeccompProfile,
): Promise<readonly Row[]> => {
  const run = await runLocked('broker', ground);
  const { layers, faults, landlockAbi, answers, status, said } = run;
  const tried = rowsOfAnswers(PLACE, brokerAttempts(ground.targets), answers, {
    layers,
    landlockAbi,
    seccomp,
  });
  return [
    startRow(PLACE, said === '' ? undefined : said),
    ...layerRows(PLACE, layers, faults),
    ...lockStatusRows(PLACE, status),
    ...tried.map((row) => withoutPorts(row, landlockAbi)),
  ];
};

// No filter sees the port of a connection, so an older Landlock leaves the broker all ports of its kind of
// socket. What answers there is held by the peers' own tokens, and under systemd by the unit's address list.
const withoutPorts = (row: Row, landlockAbi: number): Row =>
  row.tried === 'connect to a port of no peer' && landlockAbi < CONNECT_SINCE
    ? { ...row, mandatory: false, remedy: REMEDIES.landlock }
    : row;
