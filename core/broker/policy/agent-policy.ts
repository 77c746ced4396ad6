import type { Budgets } from '../../vocabulary/budget.ts';
import type {
  Action,
  ConfigurableAction,
  Label,
  Mode,
  Preference,
} from '../../vocabulary/enums.ts';
import type { Sha256Hex } from '../../vocabulary/ids.ts';

/** What the audit log may hold beyond the facts that it always holds. */
export interface LoggingPolicy {
  readonly policyDecisions: boolean;
  readonly stepActions: boolean;
  readonly filePaths: boolean;
  /** There is no code that would log these: the file can only say false. */
  readonly rawPrompts: false;
  readonly rawContent: false;
}

/** Promises of the sandbox that a file may state and cannot take back. */
export interface WorkerPolicy {
  /** A cell that ran a step of a sensitive task runs no step of another task. */
  readonly sensitiveModeRecycle: true;
  readonly tmpfsScratch: true;
  readonly noAmbientSecrets: true;
}

/** The policy file, checked, with its defaults filled in and the floors added. */
export interface AgentPolicy {
  readonly version: 1;
  /** The mode of a request that names none. */
  readonly defaultMode: Mode;
  readonly budgets: Readonly<Record<Mode, Budgets>>;
  /** Folder prefixes: canonical, absolute. */
  readonly readable: readonly string[];
  readonly writable: readonly string[];
  /** The folder of each workspace that a request may name. */
  readonly workspaces: ReadonlyMap<string, string>;
  /** Exact names; there are no wildcards. */
  readonly allowedTools: readonly string[];
  readonly configurableDefaults: Readonly<Record<ConfigurableAction, Preference>>;
  readonly alwaysDeny: readonly Action[];
  readonly hardApproval: readonly Action[];
  readonly online: Readonly<Record<Mode, boolean>>;
  /** The highest label that a task of the mode may read. */
  readonly ceilings: Readonly<Record<Mode, Label>>;
  readonly autoReads: 'allow' | 'ask';
  readonly approvalTtlSeconds: number;
  readonly logging: LoggingPolicy;
  readonly worker: WorkerPolicy;
  readonly index: { readonly atRest: false };
  /** SHA-256 of the file's bytes. */
  readonly digest: Sha256Hex;
}

const SENSITIVE_APPROVAL_SECONDS = 120;

/** How long an approvable step waits for a person before it is denied. */
export const approvalTtl = (policy: AgentPolicy, mode: Mode): number =>
  mode === 'sensitive'
    ? Math.min(policy.approvalTtlSeconds, SENSITIVE_APPROVAL_SECONDS)
    : policy.approvalTtlSeconds;
