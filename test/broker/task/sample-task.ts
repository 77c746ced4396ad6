import type { Submitted } from '../../../core/broker/task/state/task-event.ts';
import type { Decision } from '../../../core/vocabulary/decision.ts';
import type { Action } from '../../../core/vocabulary/enums.ts';
import type { Sha256Hex, StepId } from '../../../core/vocabulary/ids.ts';
import {
  parseGrantId,
  parseSha256,
  parseStepId,
  parseTaskId,
} from '../../../core/vocabulary/ids.ts';

/** A submission to drive the pure parts with. */

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('bad sample');
  return value;
};

export const stepId = (n: number): StepId => must(parseStepId(n.toString(16).padStart(12, '0')));
export const DIGEST: Sha256Hex = must(parseSha256('ab'.repeat(32)));

const DECISIONS: Readonly<Record<Decision['effect'], Decision>> = {
  allow: { effect: 'allow', rule: 'auto', reason: 'low-risk action, auto-approved' },
  ask: { effect: 'ask', rule: 'preference_ask', reason: 'awaiting approval' },
  deny: { effect: 'deny', rule: 'no_executor', reason: 'no executor', remedy: null },
};

export interface SampleStep {
  readonly effect: Decision['effect'];
  readonly needs?: readonly number[];
  readonly action?: Action;
}

export const sampleSubmission = (steps: readonly SampleStep[]): Submitted => ({
  kind: 'submitted',
  at: 1000,
  task: must(parseTaskId('00000000000000aa')),
  intent: 'find the notes',
  mode: 'standard',
  workspaces: [],
  preferences: {},
  grant: {
    signature: 'f'.repeat(64),
    grant: {
      token_id: must(parseGrantId('00000000000000bb')),
      task_id: must(parseTaskId('00000000000000aa')),
      intent_hash: DIGEST,
      policy_digest: DIGEST,
      nonce: '0'.repeat(32),
      issued_at: 1,
      expires_at: 2000,
      session_mode: 'standard',
      allow_online: false,
      sensitivity_ceiling: 'medium',
      readable_paths: [],
      writable_paths: [],
      allowed_tools: [],
      preferences: {},
      budget_limits: {
        max_steps: 30,
        max_tool_calls: 80,
        max_tokens: 32_000,
        max_wall_clock_seconds: 600,
        max_files_touched: 20,
        max_output_bytes: 1_048_576,
      },
    },
  },
  steps: steps.map(({ effect, needs = [], action = 'read_file' }, n) => ({
    id: stepId(n),
    action,
    params: {},
    risk: 'configurable',
    decision: DECISIONS[effect],
    needs: needs.map(stepId),
    description: `step ${n}`,
  })),
});
