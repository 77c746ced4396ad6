import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTurns } from '../../../core/broker/execute/take-turns.ts';

const still = new AbortController().signal;

test('turns are given in the order in which they were asked for, never more than there are places', async () => {
  const turns = makeTurns(2);
  const said: string[] = [];
  const first = await turns.take(still);
  const second = await turns.take(still);
  const third = turns.take(still).then((give) => {
    said.push('third');
    return give;
  });
  const fourth = turns.take(still).then((give) => {
    said.push('fourth');
    return give;
  });
  await Promise.resolve();
  assert.deepEqual(said, []);
  second();
  second();
  const give = await third;
  assert.deepEqual(said, ['third'], 'a place is given back once');
  first();
  give();
  (await fourth)();
  assert.deepEqual(said, ['third', 'fourth']);
});

test('a turn that is waited for no longer goes to the next one', async () => {
  const turns = makeTurns(1);
  const give = await turns.take(still);
  const gone = new AbortController();
  const left = turns.take(gone.signal);
  const next = turns.take(still);
  gone.abort(new Error('gone'));
  await assert.rejects(left, /gone/);
  give();
  (await next)();
  (await turns.take(still))();
});

test('without any place a turn is refused as capacity, and nobody waits', async () => {
  await assert.rejects(makeTurns(0).take(still), { code: 'capacity' });
});
