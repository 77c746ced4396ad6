import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import {
  type IndexClient,
  IndexLost,
  makeIndexClient,
  type SearchIndexPower,
} from '../../../../core/broker/gateway/search/index-client.ts';
import { makeSearchWorkerPowers } from '../../../../core/broker/main/powers/search-worker.ts';
import { silentLog } from './silent-log.ts';
import { makeWatchedPower } from './watched-power.ts';

const clients: IndexClient[] = [];
after(async () => {
  for (const client of clients) await client.close();
});
const open = (power: SearchIndexPower, requestMs: number): IndexClient => {
  const client = makeIndexClient({ power, log: silentLog, requestMs });
  clients.push(client);
  return client;
};

const OPEN = { kind: 'open', index: 1 } as const;
const put = (body: string) =>
  ({ kind: 'change', index: 1, drop: [], put: [{ row: 1, name: 'a', body }] }) as const;
const find = (...terms: string[]) => ({ kind: 'find', index: 1, terms, limit: 5 }) as const;

test('a client answers calls in the order in which they were made', async () => {
  const client = open(makeSearchWorkerPowers(), 9e3);
  const calls = [client.call(OPEN), client.call(put('needle')), client.call(find('needle'))];
  const [, , found] = await Promise.all(calls);
  assert.deepEqual(
    found?.map(({ row }) => row),
    [1],
  );
});

test('a client starts no thread before its first call', async () => {
  const power = makeWatchedPower();
  open(power, 9e3);
  assert.equal(power.threads.length, 0);
});

test('a call to an index that is not there is lost, and the thread goes on', async () => {
  const power = makeWatchedPower();
  const client = open(power, 9e3);
  await assert.rejects(client.call(find('needle')), IndexLost);
  await client.call(OPEN);
  assert.equal(power.threads.length, 1);
});

test('a thread that ends takes its calls with it, and the next call starts another', async () => {
  const power = makeWatchedPower();
  const client = open(power, 9e3);
  await client.call(OPEN);
  // The first call keeps the thread busy until it is ended.
  const lost = [client.call(put('many different words '.repeat(200_000))), client.call(find('b'))];
  const ended = power.threads[0]?.terminate();
  await Promise.all([...lost.map((call) => assert.rejects(call, IndexLost)), ended]);
  await client.call(OPEN);
  assert.equal(power.threads.length, 2);
});

test('a thread that overruns its time is ended', async () => {
  const power = makeWatchedPower();
  const client = open(power, 1);
  const calls = [client.call(OPEN), client.call(put('many different words '.repeat(100_000)))];
  const [, change] = await Promise.allSettled(calls);
  assert.equal(change?.status, 'rejected');
  await Promise.allSettled([client.call(OPEN)]);
  assert.equal(power.threads.length, 2);
});

test('a closed client refuses calls', async () => {
  const client = open(makeSearchWorkerPowers(), 9e3);
  const waiting = client.call(OPEN);
  await Promise.all([assert.rejects(waiting, IndexLost), client.close()]);
  await assert.rejects(client.call(OPEN), /index is closed/);
});
