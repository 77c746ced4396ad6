/** What one step may use in one cell: the `limits` of a profile, which a step may narrow, never widen. */
export interface StepLimits {
  /** V8 heap of the isolate. */
  readonly heap_mb: number;
  /** Resident memory of the whole cell. */
  readonly rss_mb: number;
  readonly cpu_ms: number;
  readonly wall_ms: number;
  readonly result_bytes: number;
  readonly argument_bytes: number;
  /** Levels of arrays and objects in a result or in arguments. */
  readonly depth: number;
  /** Arrays and objects in a result or in arguments: each costs its reader a hundred times its two bytes. */
  readonly nodes: number;
  readonly calls_in_flight: number;
  readonly calls_total: number;
}

/** Lowest and highest value of each limit; isolated-vm has no isolate below 8 MB. */
export const LIMIT_BOUNDS: {
  readonly [Key in keyof StepLimits]: readonly [lowest: number, highest: number];
} = {
  heap_mb: [8, 1024],
  rss_mb: [96, 8192],
  cpu_ms: [10, 600_000],
  wall_ms: [10, 3_600_000],
  result_bytes: [64, 3_145_728],
  argument_bytes: [64, 3_145_728],
  depth: [1, 64],
  nodes: [1, 65_536],
  calls_in_flight: [1, 64],
  calls_total: [0, 1_000_000],
};

export const LIMIT_KEYS: readonly (keyof StepLimits)[] = [
  'heap_mb',
  'rss_mb',
  'cpu_ms',
  'wall_ms',
  'result_bytes',
  'argument_bytes',
  'depth',
  'nodes',
  'calls_in_flight',
  'calls_total',
];
