import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { test } from 'node:test';
import { allowedCores } from '../../core/spawner/cores.ts';

const listed = (list: string) =>
  allowedCores(`Name:\tnode\nCpus_allowed_list:\t${list}\nMems:\t0\n`);

test('the allowed cores are those of every range, whatever their numbers', () => {
  assert.deepEqual(listed('0-1'), [0, 1]);
  assert.deepEqual(listed('7'), [7]);
  assert.deepEqual(listed('2-3,6,9-11'), [2, 3, 6, 9, 10, 11]);
  assert.deepEqual(allowedCores('nothing of the kind'), [0]);
});

test('they are as many as this process may use', () => {
  const cores = allowedCores(readFileSync('/proc/self/status', 'latin1'));
  assert.equal(cores.length, availableParallelism());
});
