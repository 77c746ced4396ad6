import type { Action } from './enums.ts';
import type { JsonObject } from './json.ts';

/** A step as a planner states it. `key` is the plan's own name for it: what references point to. */
export interface PlannedStep {
  readonly key: string;
  readonly action: Action;
  /** Values, and references `{"$from": <key of an earlier step>, "pointer"}`. */
  readonly params: JsonObject;
  readonly description: string;
}

export type PlanResult =
  | { readonly kind: 'planned'; readonly steps: readonly PlannedStep[] }
  | { readonly kind: 'unplannable'; readonly reason: string; readonly remedy: string };
