import type { RandomBytes } from '../../../vocabulary/ids.ts';
import type { Log } from '../../../vocabulary/log.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import type { StepExecutor } from '../../execute/execute-step.ts';
import type { StorageGateway } from '../../gateway/storage/storage-gateway.ts';
import type { SubKey } from '../../grant/derive-key.ts';
import type { Resolver } from '../../grant/resource-name.ts';
import type { Planner } from '../../plan/planner.ts';
import type { AgentPolicy } from '../../policy/agent-policy.ts';
import type { TaskLedger } from '../ledger/task-ledger.ts';

/** What the verbs of a task share; the composition root fills it once. */
export interface TaskParts {
  readonly ledger: TaskLedger;
  readonly planner: Planner;
  readonly catalog: Catalog;
  readonly executor: StepExecutor;
  readonly policy: AgentPolicy;
  /** False when the policy file on disk is no longer the one that was loaded. */
  readonly policyCurrent: () => boolean;
  readonly resolver: Resolver;
  /** What stands in the place of a resource now, for the approval question. */
  readonly describe: StorageGateway['describe'];
  /** Removes what an interrupted write to the resource left beside it; answers how many files. */
  readonly removeUnfinished: StorageGateway['removeUnfinished'];
  readonly grantKey: SubKey<'grant'>;
  readonly audit: Pick<AuditLog, 'record' | 'written' | 'append'>;
  readonly random: RandomBytes;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Log;
}
