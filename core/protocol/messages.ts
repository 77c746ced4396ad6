import type { StepLimits } from './limits.ts';
import type { LockFacts } from './lock-facts.ts';

export { KERNEL_LAYERS, type KernelLayer, type LockFacts } from './lock-facts.ts';

/** Raised with every change that an older peer would misread. */
export const PROTOCOL_VERSION = 1;

/** Caps of one frame, either way, checked before allocation. A reply may carry a 2 MB file as base64. */
export const MAX_FRAME_TO_CELL: number = 8 * 1024 * 1024;
export const MAX_FRAME_FROM_CELL: number = 4 * 1024 * 1024;

/** What the guest program puts around the arguments of a call, and around an output: `{"ok":…}`. */
export const CALL_ENVELOPE_BYTES = 256;
export const RESULT_ENVELOPE_BYTES = 7;
/** A result that is an error message of 2048 characters fits here, however small the limit is. */
export const ERROR_BYTES = 16_384;
/**
 * A step's log stands behind its result, on a line of its own. The isolate holds 16 384 characters of it
 * at most; as JSON each may take six bytes.
 */
export const LOG_BYTES = 114_688;

/** Why a cell ended a step: what the cell's own clock and counters saw, never what the guest said. */
export const CELL_REASONS = [
  'cpu',
  'wall',
  'memory',
  'crash',
  'result_too_large',
  'argument_too_large',
  'too_many_calls',
] as const;
export type CellReason = (typeof CELL_REASONS)[number];

export interface Versions {
  readonly node: string;
  readonly v8: string;
  readonly isolatedVm: string;
}

/** What a handle looks like inside the isolate: names only, the authority stays in the broker. */
export interface HandleDescriptor {
  readonly parameter: string;
  readonly index: number | null;
  readonly id: string;
  readonly methods: readonly string[];
}

/** Cell to broker. A body is text that the guest had a hand in. */
export type FromCell =
  | {
      readonly type: 'hello';
      readonly versions: Versions;
      readonly lock: LockFacts;
    }
  /** The isolate of this step is gone and the next may come; step 0 says that the first may. */
  | { readonly type: 'idle'; readonly step: number }
  | { readonly type: 'call'; readonly step: number; readonly seq: number; readonly body: string }
  | {
      readonly type: 'result';
      readonly step: number;
      readonly cpuMs: number;
      readonly body: string;
    }
  | {
      readonly type: 'failure';
      readonly step: number;
      readonly cpuMs: number;
      readonly reason: CellReason;
    };

/** Broker to cell. Input and handles are JSON text, which passes through the cell unparsed. */
export type ToCell =
  | { readonly type: 'setup'; readonly limits: StepLimits }
  | {
      readonly type: 'run';
      readonly step: number;
      readonly source: string;
      readonly entry: string;
      readonly input: string;
      readonly handles: string;
      readonly now: number;
      readonly seed: number;
      readonly limits: StepLimits;
    }
  | { readonly type: 'reply'; readonly step: number; readonly seq: number; readonly body: string };
