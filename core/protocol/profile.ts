import type { ProfileName } from '../vocabulary/enums.ts';
import { isJsonObject, ownValue } from '../vocabulary/json.ts';
import { violation } from './frame.ts';
import { count, exactly, text } from './head.ts';
import type { StepLimits } from './limits.ts';
import { parseLimits } from './parse-limits.ts';

/** `sandbox-profiles/NAME.json`: how a cell is walled in, what a step may use in it, when it is replaced. */
export interface SandboxProfile {
  readonly name: ProfileName;
  readonly limits: StepLimits;
  /** CPU time of all steps of one task together, in ms (attack 61). */
  readonly task_cpu_ms: number;
  /** A cell is replaced after so many steps or so long, and after any violation at once. */
  readonly recycle: { readonly steps: number; readonly age_ms: number };
  /** Whether one process may run steps of several plugins, one after another (attack 86). */
  readonly plugins_share_process: boolean;
  /** Names of `sandbox-profiles/landlock/*.json` and `sandbox-profiles/seccomp/*.json`. */
  readonly landlock: string;
  readonly seccomp: string;
}

const KEYS = ['limits', 'task_cpu_ms', 'recycle', 'plugins_share_process', 'landlock', 'seccomp'];
const LAYER_NAME = /^[a-z][a-z-]{0,31}$/;

/**
 * A profile from the JSON of its file; unknown keys are refused.
 * @throws violation naming the field
 */
export const parseProfile = (name: ProfileName, value: unknown): SandboxProfile => {
  const object = exactly(value, KEYS);
  const recycle = exactly(ownValue(object, 'recycle'), ['steps', 'age_ms']);
  const shared = ownValue(object, 'plugins_share_process');
  if (typeof shared !== 'boolean') throw violation('`plugins_share_process` is not true or false');
  const limits = ownValue(object, 'limits');
  if (!isJsonObject(limits)) throw violation('`limits` is not an object');
  const layer = (key: string): string => {
    const found = text(object, key, 32);
    if (!LAYER_NAME.test(found)) throw violation(`\`${key}\` is \`${found}\`, expected a name`);
    return found;
  };
  return {
    name,
    limits: parseLimits(limits),
    task_cpu_ms: within(count(object, 'task_cpu_ms'), 'task_cpu_ms', 10, 3_600_000),
    recycle: {
      steps: within(count(recycle, 'steps'), 'steps', 1, 10_000),
      age_ms: within(count(recycle, 'age_ms'), 'age_ms', 1000, 86_400_000),
    },
    plugins_share_process: shared,
    landlock: layer('landlock'),
    seccomp: layer('seccomp'),
  };
};

const within = (value: number, key: string, lowest: number, highest: number): number => {
  if (value >= lowest && value <= highest) return value;
  throw violation(`\`${key}\` is ${value}, expected ${lowest} to ${highest}`);
};
