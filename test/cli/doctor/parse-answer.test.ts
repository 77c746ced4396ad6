import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAnswer } from '../../../core/cli/doctor/parse-answer.ts';

const ANSWER = { tried: 'fork', thread: 'main', call: 'clone', answered: 'EPERM' };

test('an answer is read from its line', () => {
  assert.deepEqual(parseAnswer(JSON.stringify(ANSWER)), ANSWER);
});

test('a line that is no whole answer is none', () => {
  const { call: _left, ...rest } = ANSWER;
  for (const line of ['', 'over', '[]', 'null', '{', JSON.stringify(rest), '{"__proto__":{}}']) {
    assert.equal(parseAnswer(line), undefined, line);
  }
  assert.equal(parseAnswer(JSON.stringify({ ...ANSWER, answered: 7 })), undefined);
});

test('an answer is short, however much the process wrote', () => {
  const long = parseAnswer(JSON.stringify({ ...ANSWER, answered: 'x'.repeat(10_000) }));
  assert.equal(long?.answered.length, 64);
});
