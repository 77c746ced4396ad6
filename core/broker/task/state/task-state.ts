import type { Usage } from '../../../vocabulary/budget.ts';
import type { Decision } from '../../../vocabulary/decision.ts';
import type {
  Action,
  ConfigurableAction,
  Label,
  Mode,
  Preference,
  Risk,
  StepStatus,
  TaskStatus,
} from '../../../vocabulary/enums.ts';
import type { ErrorCode } from '../../../vocabulary/errors.ts';
import type { SignedGrant } from '../../../vocabulary/grant.ts';
import type { Sha256Hex, StepId, TaskId } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';

/** A task as the broker holds it: made only by `transition` from its events. */
export interface TaskState {
  readonly id: TaskId;
  readonly intent: string;
  readonly mode: Mode;
  readonly workspaces: readonly string[];
  readonly preferences: Readonly<Partial<Record<ConfigurableAction, Preference>>>;
  readonly grant: SignedGrant;
  readonly status: TaskStatus;
  readonly steps: readonly StepState[];
  readonly usage: Usage;
  /** Unix milliseconds. */
  readonly createdAt: number;
  readonly completedAt: number | null;
}

/** What planning and policy fixed about a step; nothing later changes it. */
export interface StepPlan {
  readonly id: StepId;
  readonly action: Action;
  /** Values, and references to earlier steps of this task by their id. */
  readonly params: JsonObject;
  readonly risk: Risk;
  readonly decision: Decision;
  /** The steps whose results it needs. */
  readonly needs: readonly StepId[];
}

export interface StepState extends StepPlan {
  readonly status: StepStatus;
  readonly description: string;
  /** What was put before a person: set once the inputs of an ask step exist. */
  readonly offer: Offer | null;
  readonly approval: Approval | null;
  /** Effects on the world: begun with no outcome on record yet, and those on record as done. */
  readonly effects: { readonly open: number; readonly ended: number };
  readonly result: ResultFacts | null;
  readonly error: StepError | null;
}

/** The canonical content of one approval question, and until when it stands. */
export interface Offer {
  readonly digest: Sha256Hex;
  readonly at: number;
  readonly expiresAt: number;
}

/** A person's yes, bound to the digest that was offered (AISVS 9.2.8). */
export interface Approval {
  readonly digest: Sha256Hex;
  readonly at: number;
  /** Uid of the peer process, where the socket could tell. */
  readonly uid: number | null;
  readonly nonce: string;
}

/** What is known of a result without opening its seal. */
export interface ResultFacts {
  readonly bytes: number;
  readonly sha256: Sha256Hex;
  readonly label: Label;
}

export interface StepError {
  readonly code: ErrorCode;
  readonly message: string;
  /** The policy rule that refused, where one did. */
  readonly rule?: string;
  /** What to do about it, where that is not the catalogue's remedy for the code. */
  readonly remedy?: string;
}
