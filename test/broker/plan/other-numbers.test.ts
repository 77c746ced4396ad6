import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intentTokens } from '../../../core/broker/plan/intent-tokens.ts';
import { otherNumbers } from '../../../core/broker/plan/other-numbers.ts';
import { topicOf } from '../../../core/broker/plan/topic.ts';

test('a word has its other number, and a short, foreign or capital one has none', () => {
  const rows: Readonly<Record<string, readonly string[]>> = {
    isolates: ['isolate'],
    isolate: ['isolates'],
    approvals: ['approval'],
    Policies: ['policy'],
    policy: ['policies'],
    boxes: ['box'],
    taxes: ['tax'],
    process: ['processes'],
    processes: ['process'],
    matches: ['match', 'matche'],
    analysis: ['analyses'],
    status: ['statuses'],
    branch: ['branches'],
    days: ['day'],
    play: ['plays'],
    keys: ['key'],
    key: [],
    gas: [],
    HTTP: [],
    'off-site': [],
    Übermaße: [],
    '2024': [],
  };
  for (const [word, forms] of Object.entries(rows))
    assert.deepEqual(otherNumbers(word), forms, word);
});

const queryOf = (intent: string): string => topicOf(intentTokens(intent, new Set()))?.query ?? '';

test('a query holds its words first, then their other numbers; quoted phrases stay as they are', () => {
  assert.equal(queryOf('isolates and the approval'), 'isolates approval isolate approvals');
  assert.equal(queryOf('policy policies'), 'policy policies');
  assert.equal(queryOf('"exact words" here'), 'exact words here heres');
});

test('other numbers never take a query over its limits', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const words = Array.from({ length: 30 }, (_, i) => `word${letters[i % 26]}${letters[i >> 1]}`);
  assert.equal(queryOf(words.join(' ')).split(' ').length, 32);
  const long = Array.from({ length: 31 }, (_, i) =>
    `${letters[i % 26]}${letters[i >> 1]}`.padEnd(31, 'x'),
  );
  assert.ok(queryOf(long.join(' ')).length <= 1000);
});
