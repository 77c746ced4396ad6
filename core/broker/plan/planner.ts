import type { Action, Mode } from '../../vocabulary/enums.ts';
import type { PlanResult } from '../../vocabulary/plan.ts';
import type { ToolSignature } from './tool-signature.ts';

/** A workspace as a plan may name it. */
export interface PlanWorkspace {
  readonly id: string;
  readonly readable: boolean;
  readonly writable: boolean;
  /** True where the request names it. */
  readonly named: boolean;
}

export interface PlanRequest {
  readonly intent: string;
  readonly mode: Mode;
  readonly workspaces: readonly PlanWorkspace[];
  readonly maxSteps: number;
  /** The actions that have an executor: a planner adds no step of its own that could not run. */
  readonly buildable: ReadonlySet<Action>;
  /** The enabled tools. To know one is no right to use it. */
  readonly tools: readonly ToolSignature[];
}

/** Turns an intent into steps. A plan is a proposal: it grants nothing, and policy decides each step. */
export interface Planner {
  plan(request: PlanRequest): Promise<PlanResult>;
}
