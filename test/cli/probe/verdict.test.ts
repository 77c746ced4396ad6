import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Observation } from '../../../core/cli/probe/range.ts';
import { guestVerdict } from '../../../core/cli/probe/verdict.ts';

const seen = (changes: Partial<Observation>): Observation => ({
  hung: false,
  ended: 'completed',
  said: '{}',
  moves: [],
  ms: 1,
  peakMb: 1,
  ...changes,
});

const ENDS: Readonly<Record<string, string>> = {
  completed: 'contained',
  guest_error: 'contained',
  cpu: 'contained',
  memory: 'contained',
  violation: 'contained',
  budget_exceeded: 'contained',
  // These never ran, or were ended by something else: nothing is known of them.
  sandbox_unavailable: 'refused',
  quarantined: 'refused',
  internal: 'refused',
  policy_denied: 'refused',
  toString: 'refused',
};

for (const [ended, verdict] of Object.entries(ENDS)) {
  test(`a script that ended with ${ended} is ${verdict}`, () => {
    assert.equal(guestVerdict('a.js', seen({ ended })).verdict, verdict);
  });
}

test('a moved canary is an escape, however the script ended', () => {
  const moves = [{ canary: 'file', what: 'it was read' }];
  for (const ended of ['completed', 'crash', 'hung', 'lost']) {
    assert.equal(guestVerdict('a.js', seen({ ended, moves, hung: true })).verdict, 'ESCAPED');
  }
  assert.equal(guestVerdict('a.js', seen({ hung: true })).verdict, 'hung');
});

test('what a script claims is told as its claim, and makes no escape', () => {
  const { verdict, claims } = guestVerdict(
    'a.js',
    seen({ said: '{"escaped":["process","\\u001b[31m"]}' }),
  );
  assert.equal(verdict, 'contained');
  assert.deepEqual(claims, ['"process"', '"\\u001b[31m"']);
});

test('a text of a script is one short line without control characters', () => {
  const { said, script } = guestVerdict(
    'a\u001b[2J.js',
    seen({ said: `one\ntwo\u202e${'x'.repeat(5000)}` }),
  );
  assert.equal(script, 'a\\u{1b}[2J.js');
  assert.match(said, /^one\\u\{a\}two\\u\{202e\}x+…$/);
  assert.equal(said.length, 300);
});
