import type { Decision, RuleName } from '../../vocabulary/decision.ts';
import { sha256 } from '../../vocabulary/digest.ts';
import type { Action } from '../../vocabulary/enums.ts';
import type { GrantId, Sha256Hex, StepId } from '../../vocabulary/ids.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import { isFileResource, type Resource, targetOf } from '../../vocabulary/resource.ts';
import { riskOf } from './action-facts.ts';
import type { LoggingPolicy } from './agent-policy.ts';

/** A decision on one step, as the audit log is told of it. */
export interface DecisionRecord {
  readonly stepId: StepId;
  readonly action: Action;
  readonly decision: Decision;
  readonly tokenId: GrantId;
  readonly tokenValid: boolean;
  readonly policyDigest: Sha256Hex;
  /** Unix seconds. */
  readonly timestamp: number;
}

/**
 * The evidence of wire contract section 4, or undefined where the policy file does not want decisions
 * logged. A reason that names a path stands in it only where paths may be logged.
 */
export const policyEvidence = (
  record: DecisionRecord,
  logging: LoggingPolicy,
): JsonObject | undefined => {
  if (!logging.policyDecisions) return undefined;
  const { effect, rule, reason } = record.decision;
  return {
    step_id: record.stepId,
    ...actionEvidence(record.action, logging),
    decision: effect,
    rule,
    ...(logging.filePaths || !NAMES_A_PATH.has(rule) ? { reason } : {}),
    risk_level: riskOf(record.action),
    token_id: record.tokenId,
    token_valid: record.tokenValid,
    policy_digest: record.policyDigest,
    timestamp: record.timestamp,
  };
};

/** The action of a step, where the policy file wants actions logged. */
export const actionEvidence = (action: Action, logging: LoggingPolicy): JsonObject =>
  logging.stepActions ? { action } : {};

/** What a step touches: by path where paths may be logged, else by the digest of the path alone; a tool by its id. */
export const resourceEvidence = (
  resources: readonly Resource[],
  logging: LoggingPolicy,
): readonly JsonObject[] =>
  resources.map((resource) => {
    const { capability } = resource;
    if (resource.capability === 'tool.invoke')
      return { capability, ...toolEvidence(resource.tool) };
    const target = targetOf(resource);
    return isFileResource(resource)
      ? { capability, ...(logging.filePaths ? { path: target } : {}), path_sha256: sha256(target) }
      : { capability, url_sha256: sha256(target) };
  });

/** A tool by its id; what is no canonical id is a stranger's text, and stands in the log by its digest alone. */
export const toolEvidence = (tool: string): JsonObject =>
  TOOL_ID.test(tool) ? { tool } : { tool_sha256: sha256(tool) };

const TOOL_ID = /^(?=.{1,128}$)[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*$/;

const NAMES_A_PATH: ReadonlySet<RuleName> = new Set(['unresolvable', 'read_scope', 'write_scope']);
