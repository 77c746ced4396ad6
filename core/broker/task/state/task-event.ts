import type { Usage } from '../../../vocabulary/budget.ts';
import type { StepId, TaskId } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { Offer, ResultFacts, StepError, StepPlan, TaskState } from './task-state.ts';

interface Happened {
  /** Unix milliseconds. */
  readonly at: number;
}

/** All that can happen to a task. Each is a row of the store before anybody sees its effect. */
export type TaskEvent =
  | Submitted
  | (Happened & {
      readonly kind: 'offered';
      readonly step: StepId;
      readonly offer: Offer;
      readonly description: string;
    })
  | (Happened & {
      readonly kind: 'approved';
      readonly steps: readonly StepId[];
      readonly uid: number | null;
      readonly nonce: string;
    })
  | (Happened & {
      readonly kind: 'denied';
      readonly steps: readonly StepId[];
      readonly by: 'person' | 'expiry';
    })
  | (Happened & { readonly kind: 'started'; readonly step: StepId })
  /** An effect on the world is about to happen; `facts` are the host's own, for the log. */
  | (Happened & {
      readonly kind: 'effect_began' | 'effect_ended';
      readonly step: StepId;
      readonly facts: JsonObject;
    })
  | (Happened & {
      readonly kind: 'completed';
      readonly step: StepId;
      readonly usage: Usage;
      readonly result: ResultFacts;
    })
  | (Happened & {
      readonly kind: 'failed';
      readonly step: StepId;
      readonly usage: Usage;
      readonly error: StepError;
    })
  | (Happened & { readonly kind: 'cancelled' })
  /** A restart found the step running: interrupted, or unknown where an effect had begun. */
  | (Happened & { readonly kind: 'recovered'; readonly step: StepId });

export interface Submitted extends Happened {
  readonly kind: 'submitted';
  readonly task: TaskId;
  readonly intent: TaskState['intent'];
  readonly mode: TaskState['mode'];
  readonly workspaces: TaskState['workspaces'];
  readonly preferences: TaskState['preferences'];
  readonly grant: TaskState['grant'];
  readonly steps: readonly (StepPlan & { readonly description: string })[];
}
