import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replay } from '../../../core/broker/task/ledger/task-ledger.ts';
import { toTaskView } from '../../../core/broker/task/task-view.ts';
import { NO_USAGE } from '../../../core/vocabulary/budget.ts';
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
