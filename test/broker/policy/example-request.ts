import { issueGrant } from '../../../core/broker/grant/issue-grant.ts';
import type { AgentPolicy } from '../../../core/broker/policy/agent-policy.ts';
import { decide } from '../../../core/broker/policy/decide.ts';
import type { PolicyRequest } from '../../../core/broker/policy/policy-request.ts';
import type { Decision } from '../../../core/vocabulary/decision.ts';
import type { Action, Mode } from '../../../core/vocabulary/enums.ts';
import type { Grant } from '../../../core/vocabulary/grant.ts';
import type { TaskId } from '../../../core/vocabulary/ids.ts';
import type { FileCapability, FileResource } from '../../../core/vocabulary/resource.ts';
import { policyFrom, SHIPPED } from './shipped-policy.ts';

export const DOCS = '/var/lib/secure-ai/vault/user_docs';
export const OUTPUTS = '/var/lib/secure-ai/vault/outputs';
export const NOW = 1_750_000_000;
export const TASK = '0123456789abcdef' as TaskId;
export const shipped: AgentPolicy = policyFrom(SHIPPED);

interface GrantWish {
  readonly mode?: Mode;
  readonly workspaces?: readonly string[];
  readonly preferences?: Grant['preferences'];
  readonly policy?: AgentPolicy;
}

export const grantFor = ({
  mode = 'standard',
  workspaces = [],
  preferences = {},
  policy = shipped,
}: GrantWish = {}): Grant =>
  issueGrant({
    taskId: TASK,
    intent: 'find the notes',
    mode,
    workspaces,
    preferences,
    policy,
    now: NOW,
    random: (count) => new Uint8Array(count).fill(7),
  });

export const resourceAt = (
  capability: FileCapability,
  root: string,
  relative: string,
): FileResource => ({
  capability,
  parameter: 'path',
  index: null,
  root,
  relative,
  absolute: relative === '' ? root : `${root}/${relative}`,
  display: `${root.split('/').at(-1)}/${relative}`,
});

export const requestFor = (
  action: Action,
  resources: readonly FileResource[] = [],
  rest: Partial<PolicyRequest> = {},
): PolicyRequest => ({
  action,
  grant: grantFor(),
  now: NOW,
  installed: true,
  toolEnabled: true,
  resolution: { ok: true, resources },
  ...rest,
});

/** The verdict in two words, which is what most tests are about. */
export const verdict = (request: PolicyRequest, policy: AgentPolicy = shipped): string => {
  const { effect, rule } = decide(request, policy);
  return `${effect} ${rule}`;
};

export const reasonOf = (request: PolicyRequest, policy: AgentPolicy = shipped): string =>
  decide(request, policy).reason;

export const denialOf = (
  request: PolicyRequest,
  policy: AgentPolicy = shipped,
): Extract<Decision, { effect: 'deny' }> => {
  const decision = decide(request, policy);
  if (decision.effect !== 'deny') throw new Error(`expected a denial, got ${decision.effect}`);
  return decision;
};
