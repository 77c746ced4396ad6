import { AgentError } from '../../../vocabulary/errors.ts';
import type { Grant, SignedGrant } from '../../../vocabulary/grant.ts';
import { newStepId, newTaskId, type StepId } from '../../../vocabulary/ids.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../vocabulary/json.ts';
import type { PlannedStep } from '../../../vocabulary/plan.ts';
import { asReference, referencesIn } from '../../../vocabulary/reference.ts';
import { signGrant } from '../../grant/grant-token.ts';
import { issueGrant } from '../../grant/issue-grant.ts';
import { isCovered } from '../../grant/path-matcher.ts';
import { resolveResources } from '../../grant/resolve.ts';
import { toolSignature } from '../../plan/tool-signature.ts';
import { validatePlan } from '../../plan/validate-plan.ts';
import { riskOf } from '../../policy/action-facts.ts';
import { decide } from '../../policy/decide.ts';
import type { Submitted } from '../state/task-event.ts';
import { grantFault } from './grant-fault.ts';
import { stepSentence } from './resolve-step.ts';
import { stepEntry } from './step-entry.ts';
import type { TaskParts } from './task-parts.ts';
import type { SubmitRequest } from './task-request.ts';

/** Plans a request, decides every step and issues the grant: the first event of a task, nothing done yet. */
export const planTask = async (request: SubmitRequest, parts: TaskParts): Promise<Submitted> => {
  if (!parts.policyCurrent()) {
    throw new AgentError({
      code: 'policy_changed',
      message: 'agent policy is unavailable or changed; restart required',
    });
  }
  const task = newTaskId(parts.random);
  const at = parts.now();
  const grant = grantFor(request, task, parts);
  const planned = await planSteps(request, grant.grant, parts);
  const ids = new Map(planned.map((step) => [step.key, newStepId(parts.random)]));
  const steps = await Promise.all(planned.map((step) => decideStep(step, ids, grant.grant, parts)));
  const { intent, mode, workspaces, preferences } = request;
  return { kind: 'submitted', at, task, intent, mode, workspaces, preferences, grant, steps };
};

const grantFor = (
  request: SubmitRequest,
  taskId: Submitted['task'],
  parts: TaskParts,
): SignedGrant => {
  const { policy, grantKey, random, now } = parts;
  const { intent, mode, workspaces, preferences } = request;
  const grant = issueGrant({
    taskId,
    intent,
    mode,
    workspaces,
    preferences,
    policy,
    now: now() / 1000,
    random,
  });
  const signed = signGrant(grant, grantKey);
  const fault = grantFault({ id: taskId, intent, mode, grant: signed }, parts);
  if (fault === null) return signed;
  throw new AgentError({
    code: 'capability_unavailable',
    message: 'capability authority unavailable',
  });
};

const planSteps = async (
  request: SubmitRequest,
  grant: Grant,
  { planner, catalog, policy }: TaskParts,
): Promise<readonly PlannedStep[]> => {
  const plan = await planner.plan({
    intent: request.intent,
    mode: request.mode,
    workspaces: [...policy.workspaces].map(([id, root]) => ({
      id,
      readable: isCovered(grant.readable_paths, root),
      writable: isCovered(grant.writable_paths, root),
      named: request.workspaces.includes(id),
    })),
    maxSteps: grant.budget_limits.max_steps,
    buildable: catalog.actions(),
    tools: catalog.tools().map(toolSignature),
  });
  if (plan.kind === 'unplannable') {
    throw new AgentError({ code: 'unplannable', message: plan.reason, remedy: plan.remedy });
  }
  const valid = validatePlan(plan.steps, { maxSteps: grant.budget_limits.max_steps });
  if (!valid.ok) throw new AgentError({ code: 'plan_invalid', message: valid.problem });
  return plan.steps;
};

const decideStep = async (
  planned: PlannedStep,
  ids: ReadonlyMap<string, StepId>,
  grant: Grant,
  parts: TaskParts,
): Promise<Submitted['steps'][number]> => {
  const { action } = planned;
  const params = withStepIds(planned.params, ids);
  const { installed, input, asked } = stepEntry({ action, params }, parts.catalog);
  const { annotations = [], requests } = installed ?? {};
  const resolved = resolveResources(annotations, input, parts.resolver, requests?.tools);
  const decision = decide(
    {
      ...asked,
      grant,
      now: parts.now() / 1000,
      resolution: resolved,
    },
    parts.policy,
  );
  const description =
    resolved.ok && decision.effect !== 'deny'
      ? await stepSentence({ ...planned, params }, resolved.resources, parts)
      : planned.description;
  const id = ids.get(planned.key) ?? newStepId(parts.random);
  const named = referencesIn(planned.params).flatMap(({ $from }) => ids.get($from) ?? []);
  const needs = [...new Set(named)];
  return { id, action, params, risk: riskOf(action), decision, needs, description };
};

// A plan's own step keys become the ids of this task.
const withStepIds = (params: JsonObject, ids: ReadonlyMap<string, StepId>): JsonObject => {
  const rename = (value: JsonValue): JsonValue => {
    const reference = asReference(value);
    if (reference !== undefined) {
      return { $from: ids.get(reference.$from) ?? '', pointer: reference.pointer };
    }
    if (Array.isArray(value)) return value.map(rename);
    return isJsonObject(value)
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rename(item)]))
      : value;
  };
  return Object.fromEntries(Object.entries(params).map(([key, item]) => [key, rename(item)]));
};
