import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signGrant } from '../../../../core/broker/grant/grant-token.ts';
import { replay } from '../../../../core/broker/task/ledger/task-ledger.ts';
import type { StepState, TaskState } from '../../../../core/broker/task/state/task-state.ts';
import { authoriseStep } from '../../../../core/broker/task/verbs/authorise-step.ts';
import type { Label } from '../../../../core/vocabulary/enums.ts';
import { GRANT, KEY } from '../../grant/example-grant.ts';
import { DOCS, NOW, OUTPUTS, resourceAt, shipped } from '../../policy/example-request.ts';
import { DIGEST, sampleSubmission } from '../sample-task.ts';

// Decided at submission, enforced at the start: each test changes one thing in between. The step reads one
// file, which policy allows by the preference of the request.

const SUBMISSION = sampleSubmission([{ effect: 'allow' }]);
const TASK: TaskState = replay([
  { ...SUBMISSION, task: GRANT.task_id, grant: signGrant(GRANT, KEY) },
]);
const APPROVAL = { digest: DIGEST, at: 1, uid: null, nonce: '' };
const FILE = resourceAt('storage.read', DOCS, 'a.md');

interface Changed {
  readonly task?: Partial<TaskState>;
  readonly step?: Partial<StepState>;
  readonly resource?: typeof FILE;
  readonly digest?: typeof DIGEST;
  readonly label?: Label;
  readonly parts?: Partial<Parameters<typeof authoriseStep>[4]>;
}

const authorise = (changed: Changed = {}): void => {
  const [step] = TASK.steps;
  assert.ok(step);
  authoriseStep(
    { ...TASK, ...changed.task },
    { ...step, ...changed.step },
    {
      resources: [changed.resource ?? FILE],
      digest: changed.digest ?? DIGEST,
      asked: { action: step.action, installed: true },
    },
    changed.label ?? 'low',
    {
      grantKey: KEY,
      policy: shipped,
      policyCurrent: () => true,
      now: () => NOW * 1000,
      ...changed.parts,
    },
  );
};

test('a step of which nothing changed may start', () => {
  assert.doesNotThrow(() => authorise());
});

const INVALID: Readonly<Record<string, readonly [Changed, RegExp]>> = {
  'an edited grant': [
    { task: { grant: { ...TASK.grant, grant: { ...GRANT, readable_paths: ['/'] } } } },
    /signature mismatch/,
  ],
  'the grant of another intent': [{ task: { intent: 'another' } }, /intent binding/],
  'an expired grant': [{ parts: { now: () => (GRANT.expires_at + 1) * 1000 } }, /expired/],
  'a policy file that changed': [{ parts: { policyCurrent: () => false } }, /policy binding/],
};

for (const [what, [changed, reason]] of Object.entries(INVALID)) {
  test(`a step does not start under ${what}`, () => {
    assert.throws(() => authorise(changed), { code: 'capability_invalid', message: reason });
  });
}

test('a step does not start when a budget of its task is used up', () => {
  const usage = { ...TASK.usage, steps: GRANT.budget_limits.max_steps };
  assert.throws(() => authorise({ task: { usage } }), {
    code: 'budget_exceeded',
    message: /^step budget exceeded/,
  });
});

test('a step does not start when it is no longer what was approved', () => {
  const step = { approval: APPROVAL };
  assert.doesNotThrow(() => authorise({ step }));
  const digest = [...DIGEST].reverse().join('') as typeof DIGEST;
  assert.throws(() => authorise({ step, digest }), { code: 'approval_stale' });
});

test('a step that policy denies by now does not start, approved or not, and names the rule', () => {
  for (const approval of [null, APPROVAL]) {
    assert.throws(() => authorise({ step: { approval }, label: 'high' }), {
      code: 'policy_denied',
      rule: 'sensitivity_ceiling',
    });
    assert.throws(
      () => authorise({ step: { approval }, resource: resourceAt('storage.read', '/etc', 'a') }),
      { code: 'policy_denied', rule: 'read_scope' },
    );
  }
});

test('a step that policy asks about starts with an approval alone', () => {
  const asking = { resource: resourceAt('storage.create', OUTPUTS, 'a.txt') };
  const step = { action: 'write_file' } as const;
  assert.throws(() => authorise({ ...asking, step }), { code: 'policy_denied' });
  assert.doesNotThrow(() => authorise({ ...asking, step: { ...step, approval: APPROVAL } }));
});
