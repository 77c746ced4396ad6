import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tapHead, tapLines } from '../../../core/cli/probe/tap.ts';
import { HOSTILE, verdictWith } from './verdicts.ts';

test('a verdict is one test point with its diagnostics', () => {
  assert.equal(tapHead(2, ['seed 7']), 'TAP version 14\n1..2\n# seed 7\n');
  const text = tapLines(
    verdictWith({
      verdict: 'ESCAPED',
      canaries: [{ canary: 'tcp_socket', what: 'somebody connected' }],
      passed: [{ call: 'socket', answer: '7' }],
      calls: [
        { call: 'open', answer: 'EPERM' },
        { call: 'open', answer: 'EPERM' },
        { call: 'socket', answer: '7' },
      ],
    }),
    3,
  );
  assert.equal(
    text,
    `not ok 3 - a.js - ESCAPED: completed
  ---
  verdict: ESCAPED
  ended: "completed"
  canaries:
    - "tcp_socket: somebody connected"
  got_through:
    - "socket: 7"
  calls:
    - "open: EPERM (2 times)"
    - "socket: 7"
  ms: 12
  peak_mb: 56
  ...
`,
  );
});

test('a hostile name makes no directive, and a hostile text no line of its own', () => {
  const lines = tapLines(verdictWith({ script: HOSTILE, said: HOSTILE }), 1).split('\n');
  assert.equal(lines[0]?.match(/(?<!\\)#/), null);
  assert.equal(lines[0]?.startsWith('ok 1 - '), true);
  assert.equal(JSON.parse(lines[4]?.replace('  said: ', '') ?? ''), HOSTILE);
  assert.equal(lines.length, 9);
});
