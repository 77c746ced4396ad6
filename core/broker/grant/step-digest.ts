import { digestOf } from '../../vocabulary/digest.ts';
import type { Action } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { GrantId, Sha256Hex, StepId, TaskId } from '../../vocabulary/ids.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import { type Resource, targetOf } from '../../vocabulary/resource.ts';

/** All that a person agrees to with a step. */
export interface StepFacts {
  readonly taskId: TaskId;
  readonly stepId: StepId;
  readonly action: Action;
  /** Each reference already replaced by the result that it points at: the bytes, not their promise. */
  readonly params: JsonObject;
  readonly resources: readonly Resource[];
  /** The version that stands in the place of each resource to be replaced, in order; null for none. */
  readonly replaces: readonly (string | null)[];
  readonly pluginDigest: Sha256Hex;
  readonly policyDigest: Sha256Hex;
  readonly tokenId: GrantId;
}

// Domain separation: no other digest of the program is taken over an object with this mark.
const DOMAIN = 'secai/step/v1';

/**
 * What an approval binds. A change in any of it after the approval, be it a byte of the content, the
 * place, the file that stands there, the plugin or the policy, is another digest and needs another approval (attacks 190, 191, 193).
 * @throws AgentError `input_invalid` for a number that has no portable form
 */
export const stepDigest = (facts: StepFacts): Sha256Hex => {
  const { taskId, stepId, action, params, resources, replaces } = facts;
  const { pluginDigest, policyDigest, tokenId } = facts;
  try {
    return digestOf({
      domain: DOMAIN,
      task_id: taskId,
      step_id: stepId,
      action,
      params,
      resources: resources.map(placeOf),
      replaces,
      plugin: pluginDigest,
      policy: policyDigest,
      token_id: tokenId,
    });
  } catch (cause) {
    throw new AgentError({
      code: 'input_invalid',
      message: 'an input of the step holds a number that cannot be bound to an approval',
      cause,
    });
  }
};

const placeOf = (resource: Resource): JsonObject => {
  const { capability, parameter, index } = resource;
  return { capability, parameter, index, absolute: targetOf(resource) };
};
