import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isOpen, isOver, nextStep } from '../../../../core/broker/task/state/progress.ts';
import type { TaskEvent } from '../../../../core/broker/task/state/task-event.ts';
import type { TaskState } from '../../../../core/broker/task/state/task-state.ts';
import { begin, transition } from '../../../../core/broker/task/state/transition.ts';
import { NO_USAGE } from '../../../../core/vocabulary/budget.ts';
import { AgentError } from '../../../../core/vocabulary/errors.ts';
import { runs } from '../../../harness/runs.ts';
import { DIGEST, type SampleStep, sampleSubmission, stepId } from '../sample-task.ts';

const offer = { digest: DIGEST, at: 1000, expiresAt: 901_000 };
const offered = (n: number): TaskEvent => ({
  kind: 'offered',
  at: 1000,
  step: stepId(n),
  offer,
  description: 'asked',
});
const approved = (...n: number[]): TaskEvent => ({
  kind: 'approved',
  at: 2000,
  steps: n.map(stepId),
  uid: 0,
  nonce: 'n',
});
const started = (n: number): TaskEvent => ({ kind: 'started', at: 2000, step: stepId(n) });
const completed = (n: number): TaskEvent => ({
  kind: 'completed',
  at: 3000,
  step: stepId(n),
  usage: NO_USAGE,
  result: { bytes: 2, sha256: DIGEST, label: 'low' },
});
const failed = (n: number): TaskEvent => ({
  kind: 'failed',
  at: 3000,
  step: stepId(n),
  usage: NO_USAGE,
  error: { code: 'cpu', message: 'cpu' },
});
const after = (steps: readonly SampleStep[], ...events: TaskEvent[]): TaskState =>
  events.reduce(transition, begin(sampleSubmission(steps)));
const statuses = (task: TaskState): string => task.steps.map((step) => step.status).join(' ');

test('a task of allowed steps runs at once, in order of its references', () => {
  const task = after([{ effect: 'allow' }, { effect: 'allow', needs: [0] }]);
  assert.equal(task.status, 'running');
  assert.equal(nextStep(task)?.id, stepId(0));
  assert.throws(() => transition(task, started(1)), AgentError);
});

test('an approved step waits while another approvable step is unanswered', () => {
  const steps: SampleStep[] = [{ effect: 'ask' }, { effect: 'ask' }];
  const half = after(steps, offered(0), offered(1), approved(0));
  assert.equal(half.status, 'pending_approval');
  assert.equal(nextStep(half), undefined);
  assert.equal(nextStep(transition(half, approved(1)))?.id, stepId(0));
});

test('an approved step does not wait for a pending step whose inputs do not exist yet', () => {
  const steps: SampleStep[] = [{ effect: 'ask' }, { effect: 'ask', needs: [0] }];
  const task = after(steps, offered(0), approved(0));
  assert.equal(nextStep(task)?.id, stepId(0));
  const later = [started(0), completed(0)].reduce(transition, task);
  assert.equal(later.status, 'pending_approval');
});

test('what was not offered cannot be approved, and an offer that ran out neither', () => {
  const task = after([{ effect: 'ask' }]);
  assert.throws(() => transition(task, approved(0)), /not offered/);
  const late: TaskEvent = { ...approved(0), at: 901_000 };
  assert.throws(() => transition(transition(task, offered(0)), late), /expired/);
});

test('an unanswered step expires into a denied step with its own code', () => {
  const task = after([{ effect: 'ask' }], offered(0), {
    kind: 'denied',
    at: 901_000,
    steps: [stepId(0)],
    by: 'expiry',
  });
  assert.equal(statuses(task), 'denied');
  assert.equal(task.steps[0]?.error?.message, 'approval expired');
  assert.equal(task.usage.activeMs, 0);
});

test('a failed step fails the task and skips what is left', () => {
  const task = after(
    [{ effect: 'allow' }, { effect: 'allow' }, { effect: 'ask' }],
    started(0),
    failed(0),
  );
  assert.equal(statuses(task), 'failed skipped skipped');
  assert.equal(task.status, 'failed');
  assert.equal(task.completedAt, 3000);
});

test('a denied step skips only the steps that need its result', () => {
  const task = after([{ effect: 'deny' }, { effect: 'allow', needs: [0] }, { effect: 'allow' }]);
  assert.equal(statuses(task), 'denied skipped approved');
  assert.equal([started(2), completed(2)].reduce(transition, task).status, 'completed');
});

test('a restart ends a running step as interrupted, or unknown where an effect had begun', () => {
  const running = after([{ effect: 'allow' }, { effect: 'allow' }], started(0));
  const recovered: TaskEvent = { kind: 'recovered', at: 9000, step: stepId(0) };
  const plain = transition(running, recovered);
  assert.equal(plain.steps[0]?.error?.code, 'interrupted');
  assert.equal(plain.status, 'recovery_required');
  const began: TaskEvent = { kind: 'effect_began', at: 2500, step: stepId(0), facts: {} };
  const midEffect = transition(transition(running, began), recovered);
  assert.equal(midEffect.steps[0]?.error?.code, 'unknown_outcome');
});

test('cancelling ends every open step and nothing changes afterwards', () => {
  const task = after([{ effect: 'allow' }, { effect: 'ask' }], started(0), {
    kind: 'cancelled',
    at: 2500,
  });
  assert.equal(statuses(task), 'failed skipped');
  assert.equal(task.status, 'cancelled');
  assert.throws(() => transition(task, completed(0)), AgentError);
});

// The model: whatever events arrive in whatever order, these hold.
const anyStep = fc.record({
  effect: fc.constantFrom('allow', 'ask', 'deny'),
  needs: fc.array(fc.nat({ max: 3 }), { maxLength: 2 }),
});
const anyEvent = fc
  .tuple(
    fc.constantFrom(
      'offer',
      'approve',
      'deny',
      'expire',
      'start',
      'complete',
      'fail',
      'begin',
      'end',
      'cancel',
      'recover',
    ),
    fc.nat({ max: 4 }),
  )
  .map(([what, n]): TaskEvent => {
    switch (what) {
      case 'offer':
        return offered(n);
      case 'approve':
        return approved(n);
      case 'deny':
      case 'expire':
        return {
          kind: 'denied',
          at: 2000,
          steps: [stepId(n)],
          by: what === 'deny' ? 'person' : 'expiry',
        };
      case 'start':
        return started(n);
      case 'complete':
        return completed(n);
      case 'fail':
        return failed(n);
      case 'begin':
      case 'end':
        return {
          kind: what === 'begin' ? 'effect_began' : 'effect_ended',
          at: 2000,
          step: stepId(n),
          facts: {},
        };
      case 'cancel':
        return { kind: 'cancelled', at: 4000 };
      default:
        return { kind: 'recovered', at: 5000, step: stepId(n) };
    }
  });

test('over any events: one step at a time, none twice, nothing unasked, an end is an end', () => {
  const plans = fc
    .array(anyStep, { minLength: 1, maxLength: 5 })
    .map((steps): SampleStep[] =>
      steps.map(({ effect, needs }, i) => ({ effect, needs: needs.filter((need) => need < i) })),
    );
  fc.assert(
    fc.property(plans, fc.array(anyEvent, { maxLength: 60 }), (steps, events) => {
      let task = begin(sampleSubmission(steps));
      const starts = new Map<string, number>();
      for (const event of events) {
        const before = task;
        try {
          task = transition(task, event);
        } catch (error) {
          assert.ok(error instanceof AgentError);
          continue;
        }
        assert.ok(!isOver(before), 'a task that is over does not change');
        if (event.kind === 'started') starts.set(event.step, (starts.get(event.step) ?? 0) + 1);
        assert.ok(task.steps.filter((step) => step.status === 'running').length <= 1);
        assert.equal(isOver(task), task.completedAt !== null);
        assert.equal(isOver(task), !task.steps.some(isOpen));
        for (const [i, step] of task.steps.entries()) {
          const ran = (starts.get(step.id) ?? 0) > 0;
          assert.ok(!ran || steps[i]?.effect !== 'deny', 'a denied step never ran');
          assert.ok(!ran || steps[i]?.effect === 'allow' || step.approval !== null);
        }
      }
      for (const count of starts.values()) assert.equal(count, 1, 'no step runs twice');
    }),
    { numRuns: runs(500) },
  );
});
