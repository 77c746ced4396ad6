import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeTail } from '../../../core/broker/audit/judge-tail.ts';

const at = (entry: number) => ({ entry, hash: `hash ${entry}` });

test('judgeTail finds a chain sound that ends at its checkpoint, torn line or not', () => {
  for (const torn of [false, true]) {
    const verdict = judgeTail({ checkpoint: at(5), end: at(5), met: true, torn });
    assert.deepEqual(verdict, { kind: 'sound' });
  }
});

test('judgeTail finds a checkpoint stale that the chain passes', () => {
  const verdict = judgeTail({ checkpoint: at(5), end: at(9), met: true, torn: false });
  assert.deepEqual(verdict, { kind: 'stale_checkpoint' });
});

test('judgeTail accepts the loss of the newest counted entry only where its torn line is there', () => {
  const facts = { checkpoint: at(5), end: at(4), met: false };
  assert.deepEqual(judgeTail({ ...facts, torn: true }), { kind: 'lost_last' });
  assert.equal(judgeTail({ ...facts, torn: false }).kind, 'refused');
});

test('judgeTail refuses a chain that lost whole entries, torn line or not', () => {
  for (const torn of [false, true]) {
    const verdict = judgeTail({ checkpoint: at(5), end: at(3), met: false, torn });
    assert.equal(verdict.kind, 'refused');
  }
});

test('judgeTail refuses a chain that goes on without passing its checkpoint', () => {
  const verdict = judgeTail({ checkpoint: at(5), end: at(9), met: false, torn: true });
  assert.equal(verdict.kind, 'refused');
});
