import { AgentError } from '../../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import { type JsonObject, ownValue } from '../../../vocabulary/json.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import type { Resource } from '../../../vocabulary/resource.ts';
import { resolveResources } from '../../grant/resolve.ts';
import { stepDigest } from '../../grant/step-digest.ts';
import { approvalSentence } from '../../plan/approval-sentence.ts';
import type { StepState, TaskState } from '../state/task-state.ts';
import type { TaskParts } from './task-parts.ts';

/** A step with its names resolved: what it would touch, and the digest that an approval binds. */
export interface ResolvedStep {
  readonly installed: InstalledStep;
  readonly resources: readonly Resource[];
  readonly digest: Sha256Hex;
}

type Parts = Pick<TaskParts, 'catalog' | 'resolver' | 'describe'>;

/** @throws AgentError where the step has no executor or a parameter names nothing in any scope */
export const resolveStep = async (
  task: TaskState,
  step: StepState,
  params: JsonObject,
  parts: Parts,
): Promise<ResolvedStep> => {
  const installed = parts.catalog.step(step.action);
  if (installed === undefined) {
    throw new AgentError({
      code: 'policy_denied',
      rule: 'no_executor',
      message: `action '${step.action}' has no production executor and is denied`,
    });
  }
  // The names come from the plan, never from a result: an annotated parameter holds no reference.
  const resolved = resolveResources(installed.annotations, step.params, parts.resolver);
  if (!resolved.ok) {
    throw new AgentError({
      code: 'not_available',
      message: `parameter \`${resolved.parameter}\`: ${resolved.reason}`,
    });
  }
  const { resources } = resolved;
  const replaced = resources.filter(({ capability }) => capability === 'storage.replace');
  const found = await Promise.all(replaced.map(parts.describe));
  const digest = stepDigest({
    taskId: task.id,
    stepId: step.id,
    action: step.action,
    params,
    resources,
    replaces: found.map(({ version }) => version),
    pluginDigest: installed.pluginDigest,
    policyDigest: task.grant.grant.policy_digest,
    tokenId: task.grant.grant.token_id,
  });
  return { installed, resources, digest };
};

/** The sentence that a person reads: host data only, resolved names, real sizes. */
export const stepSentence = async (
  step: Pick<StepState, 'action' | 'description'>,
  resources: readonly Resource[],
  params: JsonObject,
  { describe }: Parts,
): Promise<string> => {
  if (resources.length === 0) return step.description;
  const content = ownValue(params, 'content');
  const described = await Promise.all(
    resources.map(async (resource) => ({
      display: resource.display,
      ...(await describe(resource)),
    })),
  );
  return approvalSentence({
    action: step.action,
    resources: described,
    ...(typeof content === 'string' ? { bytes: Buffer.byteLength(content, 'utf8') } : {}),
  });
};
