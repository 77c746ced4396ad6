import { violation } from './frame.ts';
import { count, exactly } from './head.ts';
import { LIMIT_BOUNDS, LIMIT_KEYS, type StepLimits } from './limits.ts';

/**
 * Limits from JSON data: exactly the known ones, each inside its bounds.
 * @throws violation naming the field
 */
export const parseLimits = (value: unknown): StepLimits => {
  const object = exactly(value, LIMIT_KEYS);
  return eachLimit((key) => {
    const number = count(object, key);
    const [lowest, highest] = LIMIT_BOUNDS[key];
    if (number < lowest || number > highest) {
      throw violation(`\`${key}\` is ${number}, expected ${lowest} to ${highest}`);
    }
    return number;
  });
};

/** The limits with each at the lower of the two: a wish can only narrow. */
export const narrowLimits = (limits: StepLimits, wish: Partial<StepLimits> = {}): StepLimits =>
  eachLimit((key) =>
    Math.max(LIMIT_BOUNDS[key][0], Math.min(limits[key], wish[key] ?? limits[key])),
  );

const eachLimit = (limitOf: (key: keyof StepLimits) => number): StepLimits => ({
  heap_mb: limitOf('heap_mb'),
  rss_mb: limitOf('rss_mb'),
  cpu_ms: limitOf('cpu_ms'),
  wall_ms: limitOf('wall_ms'),
  result_bytes: limitOf('result_bytes'),
  argument_bytes: limitOf('argument_bytes'),
  depth: limitOf('depth'),
  nodes: limitOf('nodes'),
  calls_in_flight: limitOf('calls_in_flight'),
  calls_total: limitOf('calls_total'),
});
