import type { ProfileName } from '../vocabulary/enums.ts';

const CELL_HEAP_MB = 64;

/** What makes V8 safe to lock in: no compiler, snapshot or `__proto__`, no inspector by a signal (attack 34). */
export const CELL_FLAGS: readonly string[] = [
  '--jitless',
  '--no-node-snapshot',
  '--disable-proto=throw',
  '--disable-sigusr1',
  `--max-old-space-size=${CELL_HEAP_MB}`,
];

interface CellCommand {
  /** The compiled entry of the cell. */
  readonly main: string;
  readonly profile: ProfileName;
  readonly weak: boolean;
  readonly core: number;
}

/** The words after `node` that start one cell. Nothing in them is text from anywhere else. */
export const cellCommand = ({ main, profile, weak, core }: CellCommand): readonly string[] => [
  ...CELL_FLAGS,
  main,
  profile,
  ...(weak ? ['--weak'] : []),
  `--core=${core}`,
];
