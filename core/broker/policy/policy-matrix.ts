import { CAPABILITY_FACTS, type Capability } from '../../vocabulary/capability.ts';
import type { Decision, RuleName } from '../../vocabulary/decision.ts';
import {
  ACTIONS,
  type Action,
  CONFIGURABLE_ACTIONS,
  type ConfigurableAction,
  MODES,
  type Mode,
  PREFERENCES,
  type Preference,
} from '../../vocabulary/enums.ts';
import type { Grant } from '../../vocabulary/grant.ts';
import type { TaskId } from '../../vocabulary/ids.ts';
import type { Annotation } from '../../vocabulary/manifest.ts';
import type { Resource } from '../../vocabulary/resource.ts';
import { issueGrant } from '../grant/issue-grant.ts';
import type { AgentPolicy } from './agent-policy.ts';
import { decide } from './decide.ts';
import type { Resolution } from './policy-request.ts';

/** Which actions are executed and what each would touch; those of a catalog are ones. */
export type BuiltActions = ReadonlyMap<Action, { readonly annotations: readonly Annotation[] }>;

/** One answer of policy, for an example resource inside the scopes. */
export interface MatrixRow {
  readonly action: Action;
  readonly mode: Mode;
  /** What the request states for every configurable action. */
  readonly preference: Preference;
  /** `modes.standard.online`, as this row has it. */
  readonly online: boolean;
  /** The capabilities that the action's executor asks for. */
  readonly resources: readonly Capability[];
  readonly executor: boolean;
  readonly decision: Decision['effect'];
  readonly rule: RuleName;
  readonly reason: string;
}

/** Every action in every mode under every preference, with standard mode offline and online. */
export const policyMatrix = (policy: AgentPolicy, built: BuiltActions): readonly MatrixRow[] =>
  [false, true].flatMap((online) =>
    ACTIONS.flatMap((action) =>
      MODES.flatMap((mode) =>
        PREFERENCES.map((preference) => rowOf(policy, built, { action, mode, preference, online })),
      ),
    ),
  );

type Case = Pick<MatrixRow, 'action' | 'mode' | 'preference' | 'online'>;

const rowOf = (policy: AgentPolicy, built: BuiltActions, asked: Case): MatrixRow => {
  const executor = built.get(asked.action);
  // Every tool has its own resources; the row shows one that asks for none.
  const installed = executor !== undefined || asked.action === 'tool_invoke';
  const resources = [...new Set(executor?.annotations.map(({ capability }) => capability))];
  const inForce = { ...policy, online: { ...policy.online, standard: asked.online } };
  const grant = exampleGrant(inForce, asked);
  const { effect, rule, reason } = decide(
    {
      action: asked.action,
      grant,
      now: grant.issued_at,
      installed,
      resolution: exampleResources(grant, resources),
      ...exampleTool(grant, asked.action),
    },
    inForce,
  );
  const { action, mode, preference, online } = asked;
  return {
    action,
    mode,
    preference,
    online,
    resources,
    executor: installed,
    decision: effect,
    rule,
    reason,
  };
};

const EXAMPLE_URL = 'https://example.test/';
const EXAMPLE_TASK = '0000000000000000' as TaskId;

// The grant is never signed and lives for one row: its ids may be zeros.
const exampleGrant = (policy: AgentPolicy, { mode, preference }: Case): Grant =>
  issueGrant({
    taskId: EXAMPLE_TASK,
    intent: '',
    mode,
    workspaces: [...policy.workspaces.keys()],
    preferences: Object.fromEntries(
      CONFIGURABLE_ACTIONS.map((action): [ConfigurableAction, Preference] => [action, preference]),
    ),
    policy,
    now: 0,
    random: (count) => new Uint8Array(count),
  });

const exampleTool = (
  grant: Grant,
  action: Action,
): { readonly tool?: string; readonly toolEnabled?: boolean } => {
  const [tool] = grant.allowed_tools;
  return action === 'tool_invoke' && tool !== undefined ? { tool, toolEnabled: true } : {};
};

const exampleResources = (grant: Grant, capabilities: readonly Capability[]): Resolution => {
  const resources: Resource[] = [];
  for (const capability of capabilities) {
    const { access, names } = CAPABILITY_FACTS[capability];
    const named = { parameter: 'path', index: null };
    if (capability === 'tool.invoke') {
      resources.push({ ...named, capability, tool: 'example.tool', display: 'example.tool' });
      continue;
    }
    if (capability === 'airlock.fetch') {
      resources.push({ ...named, capability, url: EXAMPLE_URL, display: EXAMPLE_URL });
      continue;
    }
    const [root] = access === 'read' ? grant.readable_paths : grant.writable_paths;
    if (root === undefined) {
      return { ok: false, parameter: 'path', reason: 'the grant has no such scope' };
    }
    const relative = names === 'folder' ? '' : 'example.txt';
    const absolute = names === 'folder' ? root : `${root}/${relative}`;
    resources.push({ ...named, capability, root, relative, absolute, display: absolute });
  }
  return { ok: true, resources };
};
