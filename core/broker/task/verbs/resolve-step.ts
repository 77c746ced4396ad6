import { AgentError } from '../../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../../vocabulary/ids.ts';
import { type JsonObject, ownValue } from '../../../vocabulary/json.ts';
import type { InstalledStep } from '../../../vocabulary/manifest.ts';
import { isFileResource, isToolResource, type Resource } from '../../../vocabulary/resource.ts';
import { resolveResources } from '../../grant/resolve.ts';
import { stepDigest } from '../../grant/step-digest.ts';
import { approvalSentence } from '../../plan/approval-sentence.ts';
import { toolSentence } from '../../plan/tool-sentence.ts';
import type { StepState, TaskState } from '../state/task-state.ts';
import { notEnabled } from './decide-tool.ts';
import { type StepEntry, stepEntry } from './step-entry.ts';
import type { TaskParts } from './task-parts.ts';

/** A step with its names resolved: what it would touch, and the digest that an approval binds. */
export interface ResolvedStep {
  readonly installed: InstalledStep;
  /** What it gets: the parameters, or for `tool_invoke` the arguments of its tool. */
  readonly input: JsonObject;
  readonly asked: StepEntry['asked'];
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
  const { installed, input, asked } = stepEntry({ action: step.action, params }, parts.catalog);
  if (installed === undefined && asked.tool !== undefined) throw notEnabled(asked.tool);
  if (installed === undefined) {
    throw new AgentError({
      code: 'policy_denied',
      rule: 'no_executor',
      message: `action '${step.action}' has no production executor and is denied`,
    });
  }
  // The names come from the plan, never from a result: an annotated parameter holds no reference.
  const { annotations, requests } = installed;
  const literal = stepEntry(step, parts.catalog).input;
  const resolved = resolveResources(annotations, literal, parts.resolver, requests.tools);
  if (!resolved.ok) {
    throw new AgentError({
      code: 'not_available',
      message: `parameter \`${resolved.parameter}\`: ${resolved.reason}`,
    });
  }
  const { resources } = resolved;
  const replaced = resources
    .filter(isFileResource)
    .filter(({ capability }) => capability === 'storage.replace');
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
  return { installed, input, asked, resources, digest };
};

/** The sentence that a person reads: host data only, resolved names, real sizes. */
export const stepSentence = async (
  step: Pick<StepState, 'action' | 'params' | 'description'>,
  resources: readonly Resource[],
  { catalog, describe }: Parts,
): Promise<string> => {
  const { installed, input } = stepEntry(step, catalog);
  const tool = installed?.kind === 'tool' ? toolSentence(installed, input) : undefined;
  if (resources.length === 0 && tool === undefined) return step.description;
  const content = ownValue(input, 'content');
  const described = await Promise.all(
    resources.filter(isFileResource).map(async (resource) => ({
      display: resource.display,
      capability: resource.capability,
      ...(await describe(resource)),
    })),
  );
  return approvalSentence({
    action: step.action,
    resources: described,
    invoked: resources.filter(isToolResource).map(({ display }) => display),
    ...(tool === undefined ? {} : { tool }),
    ...(typeof content === 'string' ? { bytes: Buffer.byteLength(content, 'utf8') } : {}),
  });
};
