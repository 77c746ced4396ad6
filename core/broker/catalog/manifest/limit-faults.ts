import type { ProfileName } from '../../../vocabulary/enums.ts';
import type { EntryLimits } from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import type { Fault } from './fault.ts';
import { PROFILE_CAPS } from './profile-caps.ts';

export const ENTRY_LIMITS: readonly (keyof EntryLimits)[] = [
  'cpu_ms',
  'wall_ms',
  'heap_mb',
  'result_bytes',
  'calls_total',
];

/** Limits that promise more than the profile gives, or that contradict each other (attack 147). */
export const limitFaults = (
  limits: EntryLimits,
  profile: ProfileName,
  path: DocumentPath,
): readonly Fault[] => {
  const faults = ENTRY_LIMITS.flatMap((name): readonly Fault[] => {
    const value = limits[name] ?? 0;
    const most = PROFILE_CAPS[profile][name];
    if (value <= most) return [];
    const problem = `${value} is above the ${most} of profile \`${profile}\``;
    const mend = `write ${most} or less, or leave it out`;
    return [
      { path: [...path, 'limits', name], at: 'value', rule: 'limit-above-profile', problem, mend },
    ];
  });
  const { cpu_ms: cpu = 0, wall_ms: wall = cpu } = limits;
  if (cpu <= wall) return faults;
  const problem = `more processor time than the ${wall} ms that it may last`;
  const mend = 'raise `wall_ms` or lower `cpu_ms`';
  return [
    ...faults,
    { path: [...path, 'limits', 'cpu_ms'], at: 'value', rule: 'limits-contradict', problem, mend },
  ];
};
