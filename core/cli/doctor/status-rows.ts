import type { ProcessStatus } from './process-status.ts';
import type { Place, Row } from './row.ts';

const NONE = '0000000000000000';
const SETS: readonly string[] = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];

/** What `/proc/PID/status` has to say of every thread of a locked process. */
export const lockStatusRows = (place: Place, status: ProcessStatus | undefined): readonly Row[] => [
  everyThread(place, status, 'gain rights by an exec', ['NoNewPrivs', '1', 'no_new_privs']),
  everyThread(place, status, 'run a thread without a filter', ['Seccomp', '2', 'seccomp']),
];

/**
 * Who a cell is: no root, no group, no capability (attack 213). What an ordinary user keeps is his own: he
 * cannot give up his groups or his bounding set, so that is told and not demanded.
 */
export const identityRows = (
  place: Place,
  status: ProcessStatus | undefined,
  startedByRoot: boolean,
): readonly Row[] => {
  const field = (name: string): string | undefined => status?.fields.get(name);
  const row = (tried: string, value: string | undefined, ok: boolean, mandatory: boolean): Row => ({
    ...place,
    tried,
    answered: value === undefined ? 'cannot be read' : value === '' ? 'none' : value,
    enforcedBy: ok ? (startedByRoot ? 'spawner' : 'user') : null,
    mandatory,
    ok,
  });
  // The real one, the effective, the saved, and that of the file system.
  const ids = (name: string): string | undefined => {
    const four = field(name)?.split(/\s+/);
    return four === undefined ? undefined : [...new Set(four)].join(' ');
  };
  const ordinary = (value: string | undefined): boolean =>
    value !== undefined && !value.split(' ').includes('0');
  return [
    row('run as root', ids('Uid'), ordinary(ids('Uid')), true),
    row('run in the group of root', ids('Gid'), ordinary(ids('Gid')), true),
    row('keep a group', field('Groups'), field('Groups') === '', startedByRoot),
    ...SETS.map((name) =>
      row(
        `keep a capability (${name})`,
        field(name),
        field(name) === NONE,
        startedByRoot || name !== 'CapBnd',
      ),
    ),
  ];
};

const everyThread = (
  place: Place,
  status: ProcessStatus | undefined,
  tried: string,
  [name, expected, layer]: readonly [field: string, expected: string, layer: string],
): Row => {
  const threads = status?.threads ?? [];
  const values = [...new Set(threads.map((fields) => fields.get(name) ?? 'unknown'))];
  const ok = values.length === 1 && values[0] === expected;
  return {
    ...place,
    tried,
    answered:
      values.length === 0
        ? 'cannot be read'
        : `${name} ${values.join(' and ')} on ${threads.length} threads`,
    enforcedBy: ok ? layer : null,
    mandatory: true,
    ok,
  };
};
