import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resultLines } from '../../core/cli/result-text.ts';
import { taskRow, taskText, whyOf } from '../../core/cli/task-text.ts';
import type { JsonObject } from '../../core/vocabulary/json.ts';

const step = (more: JsonObject): JsonObject => ({
  step_id: 'abcdefabcdef',
  action: 'write_file',
  description: 'write 1 file: outputs/a.md (new, 1 KB)',
  status: 'pending',
  params: { _policy_decision: 'ask', _policy_reason: 'configurable action' },
  result: null,
  error: null,
  ...more,
});
const task = (steps: readonly JsonObject[], intent = 'save it'): JsonObject => ({
  task_id: '0123456789abcdef',
  intent,
  status: 'running',
  mode: 'standard',
  steps,
});
const completed = (action: string, result: JsonObject): readonly string[] =>
  resultLines(step({ action, status: 'completed', result: { ...result, ok: true } }));

test('a step that waits says that it asks; once it is answered it does not', () => {
  assert.match(taskText(task([step({})])), /\n +ask: configurable action$/);
  for (const status of ['approved', 'running', 'completed'])
    assert.doesNotMatch(taskText(task([step({ status })])), /ask:/);
});

test('a step that did not happen says why and what to do', () => {
  const failed = step({ status: 'failed', error: 'file too large', remedy: 'use a smaller file' });
  assert.deepEqual(whyOf(failed), ['error: file too large', 'do: use a smaller file']);
  assert.deepEqual(whyOf(step({ status: 'denied' })), ['denied: configurable action']);
});

test('a row of a list is one line of at most 100 columns', () => {
  const row = taskRow(task([step({})], 'find '.repeat(40)));
  assert.equal(Array.from(row).length <= 100, true);
  assert.ok(row.endsWith('…'));
  assert.match(row, / {2}1 step {3}find/);
});

test('the result of every action is readable lines and no JSON', () => {
  const passages = [{ first_line: 3, last_line: 4, text: '| backup |\nThe backup runs.' }];
  const found = { query: 'backup', hits: [{ path: 'user_docs/a.md', score: 1, passages }] };
  assert.deepEqual(completed('local_search', { ...found, searched: 7, left_out: 1, skipped: 0 }), [
    'found in 1 of 7 files:',
    '  user_docs/a.md:4  The backup runs.',
    'left out, above what this task may see: 1 file',
  ]);
  assert.deepEqual(completed('local_search', { query: 'x', hits: [], searched: 1 }), [
    'nothing found in 1 file',
  ]);
  assert.deepEqual(completed('summarize', { text: 'From a:\n\n- It is.\n' }), [
    'From a:',
    '',
    '- It is.',
  ]);
  assert.deepEqual(
    completed('read_file', { path: 'user_docs/a', content: 'x\n', size: 4096, complete: false }),
    ['user_docs/a (4 KB, its beginning):', 'x'],
  );
  assert.deepEqual(
    completed('overwrite_file', { path: 'outputs/a', size: 1, sha256: 'ab'.repeat(32) }),
    ['written: outputs/a (1 byte, sha256 abababababab)'],
  );
  assert.deepEqual(completed('report', { bytes: 2048, cut: 'whole elsewhere' }), [
    '2 KB, too much to show here (--json names where it is whole)',
  ]);
  assert.deepEqual(completed('tool_invoke', { answer: 'yes', label: 'low' }), [
    'answer: yes',
    'label: low',
  ]);
});
