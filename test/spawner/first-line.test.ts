import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_SAID } from '../../core/protocol/spawner.ts';
import { makeFirstLine } from '../../core/spawner/first-line.ts';

const saidOf = (...chunks: readonly string[]): string => {
  const first = makeFirstLine();
  for (const chunk of chunks) first.take(Buffer.from(chunk));
  return first.text();
};

test('the first line that is not empty is told, put together from its chunks', () => {
  assert.equal(saidOf('\n \n{"layer":', '"seccomp"}\nmore\n'), '{"layer":"seccomp"}');
  assert.equal(saidOf(), '');
});

test('what cannot be printed is told as a question mark, and no line is longer than the cap', () => {
  assert.equal(saidOf('\u001b[2Jé\tx\r'), '?[2J???x?');
  assert.equal(saidOf('y'.repeat(100_000)).length, MAX_SAID);
});

test('a flood is kept only to its first bytes', () => {
  assert.equal(saidOf('\n'.repeat(4096), 'late'), '');
});
