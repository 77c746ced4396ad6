import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replay } from '../../../core/broker/task/ledger/task-ledger.ts';
import { stepError } from '../../../core/broker/task/state/step-error.ts';
import { toTaskView } from '../../../core/broker/task/task-view.ts';
import { NO_USAGE } from '../../../core/vocabulary/budget.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import { DIGEST, sampleSubmission, stepId } from './sample-task.ts';

test('a result that imitates the envelope of the host does not replace it', () => {
  const step = stepId(0);
  const task = replay([
    sampleSubmission([{ effect: 'allow' }]),
    { kind: 'started', at: 1001, step },
    {
      kind: 'completed',
      at: 1002,
      step,
      usage: NO_USAGE,
      result: { bytes: 10, sha256: DIGEST, label: 'high' },
    },
  ]);
  const view = toTaskView(task, () => ({ ok: false, label: 'low', text: 'words' }));
  assert.deepEqual(view.steps[0]?.result, { ok: true, label: 'high', text: 'words' });
});

test('a step shows the rule that refused it, also where policy allowed it when it was planned', () => {
  const task = replay([
    sampleSubmission([{ effect: 'allow' }]),
    { kind: 'started', at: 1001, step: stepId(0) },
    {
      kind: 'failed',
      at: 1002,
      step: stepId(0),
      usage: NO_USAGE,
      error: stepError(
        new AgentError({
          code: 'policy_denied',
          message: "sensitivity 'high' exceeds ceiling 'medium'",
          rule: 'sensitivity_ceiling',
          remedy: 'submit the task in another mode',
        }),
      ),
    },
  ]);
  const [step] = toTaskView(task, () => undefined).steps;
  assert.equal(step?.rule, 'sensitivity_ceiling');
  assert.equal(step?.remedy, 'submit the task in another mode');
  assert.equal(step?.params['_policy_rule'], 'auto', 'the first decision stands beside it');
});

test('a step that is denied at submission shows the rule of its decision', () => {
  const task = replay([sampleSubmission([{ effect: 'deny' }])]);
  const [step] = toTaskView(task, () => undefined).steps;
  assert.deepEqual(
    [step?.code, step?.rule, step?.error, step?.remedy],
    ['policy_denied', 'no_executor', 'no executor', undefined],
  );
});
