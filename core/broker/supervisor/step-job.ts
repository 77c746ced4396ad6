import type { StepLimits } from '../../protocol/limits.ts';
import type { CellReason } from '../../protocol/messages.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import type { HandleId, PluginId } from '../../vocabulary/ids.ts';
import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';
import type { StepLog } from './step-log.ts';

/** Does one thing with the handle's resource. An AgentError becomes a coded refusal to the guest. */
export type HandleMethod = (args: JsonValue, signal: AbortSignal) => Promise<JsonValue>;

/** A step's live authority over one named resource. It is good for its own job alone. */
export interface Handle {
  readonly id: HandleId;
  readonly parameter: string;
  readonly index: number | null;
  readonly methods: ReadonlyMap<string, HandleMethod>;
}

/** One step to run in a fresh isolate. */
export interface StepJob {
  /** Whose code it is: its cell runs no other plugin's, where the profile says so (attack 86). */
  readonly plugin: PluginId;
  readonly profile: ProfileName;
  /** The bundle: one script that defines the global `__plugin = { steps: { name: function } }`. */
  readonly source: string;
  readonly entry: string;
  readonly input: JsonObject;
  readonly handles: readonly Handle[];
  /** The moment that every clock inside shows, in ms, and the seed of its random numbers. */
  readonly now: number;
  readonly seed: number;
  readonly signal: AbortSignal;
  /** Can only narrow the profile. */
  readonly limits?: Partial<StepLimits>;
  /** True where no cell will do that ran a step before. */
  readonly fresh?: boolean;
  readonly onStarted?: (cell: { readonly pid: number }) => void;
  /** Told with the outcome, for who measures; where nobody asks, nothing more is read. */
  readonly onEnded?: (cell: { readonly pid: number; readonly peakRssBytes: number }) => void;
}

/** What the cell may say of its own, and what only the broker's side can find. */
export type FailureCode =
  | CellReason
  | 'guest_error'
  | 'violation'
  | 'cancelled'
  | 'sandbox_unavailable'
  | 'quarantined';

export type StepOutcome =
  /** The output is parsed and capped in size and depth; its schema is still to be checked. */
  | {
      readonly kind: 'completed';
      readonly output: JsonObject;
      readonly bytes: number;
      readonly cpuMs: number;
      readonly log?: StepLog;
    }
  | {
      readonly kind: 'failed';
      readonly code: FailureCode;
      readonly message: string;
      readonly cpuMs: number;
      readonly log?: StepLog;
    };

export const failed = (code: FailureCode, message: string, cpuMs = 0): StepOutcome => ({
  kind: 'failed',
  code,
  message,
  cpuMs,
});
