import { violation } from './frame.ts';
import { count, exactly } from './head.ts';
import { PROFILE_BOUNDS, PROFILE_KEYS, type SandboxProfile } from './profile.ts';

/**
 * A profile from JSON data: exactly the known limits, each inside its bounds.
 * @throws violation naming the field
 */
export const parseProfile = (value: unknown): SandboxProfile => {
  const object = exactly(value, PROFILE_KEYS);
  const limit = (key: keyof SandboxProfile): number => {
    const number = count(object, key);
    const [lowest, highest] = PROFILE_BOUNDS[key];
    if (number < lowest || number > highest) {
      throw violation(`\`${key}\` is ${number}, expected ${lowest} to ${highest}`);
    }
    return number;
  };
  return {
    heap_mb: limit('heap_mb'),
    rss_mb: limit('rss_mb'),
    cpu_ms: limit('cpu_ms'),
    wall_ms: limit('wall_ms'),
    result_bytes: limit('result_bytes'),
    argument_bytes: limit('argument_bytes'),
    calls_in_flight: limit('calls_in_flight'),
    calls_total: limit('calls_total'),
  };
};

/** The profile with each limit at the lower of the two: a wish can only narrow. */
export const narrowProfile = (
  profile: SandboxProfile,
  wish: Partial<SandboxProfile> = {},
): SandboxProfile => {
  const lower = (key: keyof SandboxProfile): number =>
    Math.max(PROFILE_BOUNDS[key][0], Math.min(profile[key], wish[key] ?? profile[key]));
  return {
    heap_mb: lower('heap_mb'),
    rss_mb: lower('rss_mb'),
    cpu_ms: lower('cpu_ms'),
    wall_ms: lower('wall_ms'),
    result_bytes: lower('result_bytes'),
    argument_bytes: lower('argument_bytes'),
    calls_in_flight: lower('calls_in_flight'),
    calls_total: lower('calls_total'),
  };
};
