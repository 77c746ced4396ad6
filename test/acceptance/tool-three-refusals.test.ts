import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { openCaller } from '../harness/calling-step.ts';

// One broker in which three tools may not be used, each for a reason of its own, and one may.

const NOT_ENABLED = 'filesystem.list';
const NOT_GRANTED = 'hash.verify';
const NOT_LISTED = 'text.diff';
const caller = await openCaller(
  { after },
  {
    documents: { 'a.md': 'one\n', 'b.md': 'two\n' },
    granted: ['filesystem.read', NOT_ENABLED, NOT_LISTED],
    requested: ['filesystem.read', NOT_ENABLED, NOT_GRANTED, NOT_LISTED],
    tools: new Map([[NOT_ENABLED, undefined]]),
    firewallTools: (enabled) => enabled.filter(({ entry }) => entry !== NOT_LISTED),
  },
);

const CASES: readonly (readonly [tool: string, code: string, args: JsonObject, intent: string])[] =
  [
    [
      NOT_ENABLED,
      'tool_not_enabled',
      { path: 'user_docs' },
      'use the tool filesystem.list on user_docs',
    ],
    [
      NOT_GRANTED,
      'tool_not_granted',
      { path: 'user_docs/a.md', expected: '0'.repeat(64) },
      `run hash.verify with path=user_docs/a.md expected=${'0'.repeat(64)}`,
    ],
    [
      NOT_LISTED,
      'firewall_denied',
      { before: 'user_docs/a.md', after: 'user_docs/b.md' },
      'invoke text.diff {"before": "user_docs/a.md", "after": "user_docs/b.md"}',
    ],
  ];

test('tool.three_refusals: the log has three codes and the guest one answer', async () => {
  const answers: unknown[] = [];
  for (const [tool, code, args] of CASES) {
    const called = await caller.run({ tool, args });
    assert.equal(called.step.status, 'completed', JSON.stringify(called.step));
    answers.push(called.answer);
    const [call, ...more] = called.records('tool_call');
    assert.deepEqual(more, []);
    assert.deepEqual([call?.['tool'], call?.['verdict'], call?.['code']], [tool, 'denied', code]);
    assert.deepEqual(called.records('handle_call'), [], 'nothing ran');
  }
  assert.deepEqual(new Set(answers.map((answer) => JSON.stringify(answer))).size, 1);
  assert.deepEqual(answers[0], {
    code: 'tool_unavailable',
    message: 'this tool is not available to this task',
  });
});

test('tool.three_refusals: as a step each is told to the client under its own code', async () => {
  for (const [tool, code, , intent] of CASES) {
    const { step, records } = await caller.run(intent);
    assert.equal(step.code, code, JSON.stringify(step));
    const [call, ...more] = records('tool_call');
    assert.deepEqual(more, []);
    assert.deepEqual([call?.['tool'], call?.['verdict'], call?.['code']], [tool, 'denied', code]);
  }
});

test('tool.three_refusals: a tool that may be used answers its output through the handle', async () => {
  const { answer, records } = await caller.run({
    tool: 'filesystem.read',
    args: { path: 'user_docs/a.md' },
  });
  assert.equal((answer as { ok?: { content?: string } })?.ok?.content, 'one\n');
  assert.deepEqual(
    records('tool_call').map(({ tool, verdict }) => [tool, verdict]),
    [['filesystem.read', 'allowed']],
  );
});
