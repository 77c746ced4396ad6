import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSharedRun } from '../../../../core/broker/gateway/search/shared-run.ts';

const forever = (): AbortSignal => new AbortController().signal;

/** Work that ends when told to, and what was done of it. */
const makeGatedWork = () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const signals: AbortSignal[] = [];
  const work = (signal: AbortSignal): Promise<void> => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    signals.push(signal);
    signal.addEventListener('abort', () => gate.reject(signal.reason));
    return gate.promise;
  };
  return { work, gates, signals };
};

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('callers that ask together share one run', async () => {
  const { work, gates } = makeGatedWork();
  const shared = makeSharedRun(work);
  const both = Promise.all([shared.join(forever()), shared.join(forever())]);
  await turn();
  assert.equal(gates.length, 1);
  gates[0]?.resolve();
  await both;
});

test('callers that ask while a run is under way share the next one, not that one', async () => {
  const { work, gates } = makeGatedWork();
  const shared = makeSharedRun(work);
  const first = shared.join(forever());
  await turn();
  const later = Promise.all([shared.join(forever()), shared.join(forever())]);
  await turn();
  assert.equal(gates.length, 1);
  gates[0]?.resolve();
  await first;
  await turn();
  assert.equal(gates.length, 2);
  gates[1]?.resolve();
  await later;
});

test('a caller that goes does not take the run from the others', async () => {
  const { work, gates, signals } = makeGatedWork();
  const shared = makeSharedRun(work);
  const leaver = new AbortController();
  const gone = shared.join(leaver.signal);
  const staying = shared.join(forever());
  await turn();
  leaver.abort(new Error('gone'));
  await assert.rejects(gone, /gone/);
  assert.equal(signals[0]?.aborted, false);
  gates[0]?.resolve();
  await staying;
});

test('a run whose callers have all gone is aborted, and the next caller gets a new one', async () => {
  const { work, gates, signals } = makeGatedWork();
  const shared = makeSharedRun(work);
  const leaver = new AbortController();
  const gone = shared.join(leaver.signal);
  await turn();
  leaver.abort(new Error('gone'));
  await assert.rejects(gone, /gone/);
  assert.equal(signals[0]?.aborted, true);
  const next = shared.join(forever());
  await turn();
  gates[1]?.resolve();
  await next;
});

test('a run that fails fails its callers and not the next ones', async () => {
  const { work, gates } = makeGatedWork();
  const shared = makeSharedRun(work);
  const first = shared.join(forever());
  await turn();
  const second = shared.join(forever());
  gates[0]?.reject(new Error('broken'));
  await assert.rejects(first, /broken/);
  await turn();
  gates[1]?.resolve();
  await second;
});
