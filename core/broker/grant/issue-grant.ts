import { sha256 } from '../../vocabulary/digest.ts';
import type { ConfigurableAction, Mode, Preference } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { Grant } from '../../vocabulary/grant.ts';
import { newGrantId, type RandomBytes, type TaskId } from '../../vocabulary/ids.ts';
import { type AgentPolicy, approvalTtl } from '../policy/agent-policy.ts';

export interface GrantRequest {
  readonly taskId: TaskId;
  readonly intent: string;
  readonly mode: Mode;
  /** Ids of the workspaces that the request names. */
  readonly workspaces: readonly string[];
  /** The preferences that the request states; what it leaves out follows the policy file. */
  readonly preferences: Readonly<Partial<Record<ConfigurableAction, Preference>>>;
  readonly policy: AgentPolicy;
  /** Unix seconds. */
  readonly now: number;
  readonly random: RandomBytes;
}

/** In sensitive mode a tool may look and may not change (wire contract section 7). */
const SENSITIVE_TOOLS: readonly string[] = ['filesystem.read', 'filesystem.list'];

const NONCE_BYTES = 16;

/**
 * What one task may touch: the scopes of the policy file and the workspaces that the request names.
 * In sensitive mode only those are readable; none named, none readable.
 * @throws AgentError `invalid_request` for a workspace that the policy file does not have
 */
export const issueGrant = (request: GrantRequest): Grant => {
  const { taskId, intent, mode, workspaces, preferences, policy, now, random } = request;
  const named = workspaces.map((id) => rootOf(policy, id));
  const budgets = policy.budgets[mode];
  return {
    token_id: newGrantId(random),
    task_id: taskId,
    intent_hash: sha256(intent),
    policy_digest: policy.digest,
    nonce: Buffer.from(random(NONCE_BYTES)).toString('hex'),
    issued_at: now,
    expires_at: now + budgets.max_wall_clock_seconds + approvalTtl(policy, mode),
    session_mode: mode,
    allow_online: policy.online[mode],
    sensitivity_ceiling: policy.ceilings[mode],
    readable_paths: inOrder(mode === 'sensitive' ? named : [...policy.readable, ...named]),
    writable_paths: inOrder(policy.writable),
    allowed_tools: inOrder(
      mode === 'sensitive'
        ? policy.allowedTools.filter((tool) => SENSITIVE_TOOLS.includes(tool))
        : policy.allowedTools,
    ),
    preferences: { ...preferences },
    budget_limits: { ...budgets },
  };
};

const rootOf = (policy: AgentPolicy, id: string): string => {
  const root = policy.workspaces.get(id);
  if (root === undefined) {
    throw new AgentError({ code: 'invalid_request', message: `unknown workspace: ${id}` });
  }
  return root;
};

const inOrder = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();
