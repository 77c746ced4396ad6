import type { Action, Label, Mode, Risk, StepStatus, TaskStatus } from '../../vocabulary/enums.ts';
import type { ErrorCode } from '../../vocabulary/errors.ts';
import type { Sha256Hex, StepId, TaskId } from '../../vocabulary/ids.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { Requester, Selection, SubmitRequest } from './verbs/task-request.ts';

/** What the boundary asks of the tasks. Every refusal is a thrown AgentError. */
export interface TaskService {
  submit(request: SubmitRequest, who: Requester): Promise<TaskView>;
  /** Undefined where there is no such task. */
  get(id: TaskId): TaskView | undefined;
  /** Newest first; the boundary stops reading before the task that would cross a limit of the UI. */
  list(limit: number): Iterable<TaskView>;
  approve(id: TaskId, selection: Selection, who: Requester): Promise<TaskView>;
  deny(id: TaskId, selection: Selection, who: Requester): Promise<TaskView>;
  cancel(id: TaskId, who: Requester): Promise<TaskView>;
  /** A step's whole result; undefined where the step has none. */
  result(id: TaskId, step: StepId): Promise<StepResult | undefined>;
}

/** A task as the API shows it (wire contract section 4). */
export interface TaskView {
  readonly task_id: TaskId;
  readonly intent: string;
  readonly status: TaskStatus;
  readonly mode: Mode;
  readonly steps: readonly StepView[];
  /** The public form of the grant. */
  readonly capability: JsonObject | null;
  /** Unix seconds with a fraction. */
  readonly created_at: number;
  readonly completed_at: number | null;
  /** Only where the agent runs without layers of the wall. */
  readonly sandbox?: 'weak';
}

export interface StepView {
  readonly step_id: StepId;
  readonly action: Action;
  readonly description: string;
  readonly risk_level: Risk;
  readonly status: StepStatus;
  readonly params: JsonObject;
  readonly result: JsonObject | null;
  readonly error: string | null;
  /** Additions to the contract: the refusal as data, where the step did not complete. */
  readonly code?: ErrorCode;
  readonly rule?: string;
  readonly remedy?: string;
  readonly retryable?: boolean;
}

/** A step's result, uncut. */
export interface StepResult {
  readonly task_id: TaskId;
  readonly step_id: StepId;
  readonly label: Label;
  readonly sha256: Sha256Hex;
  readonly bytes: number;
  readonly output: JsonObject;
  readonly sandbox?: 'weak';
}
