import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, type TestContext, test } from 'node:test';
import { type Observation, openRange, type Range } from '../../../core/cli/probe/range.ts';
import { childrenOf } from '../../harness/processes.ts';

const rangeOf = async (t: TestContext, waitMs?: number, seed = '7'): Promise<Range> => {
  const range = await openRange('vetting', seed, waitMs);
  t.after(() => range.close());
  return range;
};

/** Runs a script that lasts as long as it may, and does something to the broker meanwhile. */
const whileRunning = async (range: Range, act: (broker: number) => void): Promise<Observation> => {
  const [broker = 0] = await childrenOf(process.pid);
  const running = range.run({ number: 1, text: 'await new Promise(() => {});' });
  act(broker);
  return running;
};

const SEES = 'return { now: Date.now(), random: [Math.random(), Math.random()] };';

test('a script sees the same clock and chance in the same place of the same run', async (t) => {
  const [first, second, other] = await Promise.all([
    rangeOf(t),
    rangeOf(t),
    rangeOf(t, undefined, '8'),
  ]);
  await first.run({ number: 1, text: 'return Math.random();' });
  const { said, ended, peakMb } = await first.run({ number: 2, text: SEES });
  assert.equal(ended, 'completed');
  assert.match(said, /^\{"now":\d+,"random":\[0\.\d+,0\.\d+\]\}$/);
  assert.ok(peakMb > 20 && peakMb < 200, `${peakMb} MB`);
  assert.equal((await second.run({ number: 2, text: SEES })).said, said);
  assert.notEqual((await second.run({ number: 3, text: SEES })).said, said);
  assert.notEqual((await other.run({ number: 2, text: SEES })).said, said);
});

test('a broker that ends no script in time hangs, and the next script has another', async (t) => {
  const range = await rangeOf(t, 3_000);
  const { hung, moves } = await whileRunning(range, (broker) => process.kill(broker, 'SIGSTOP'));
  assert.deepEqual([hung, moves], [true, []]);
  assert.equal((await range.run({ number: 2, text: 'return 1;' })).hung, false);
});

// A range takes as long to stand as ten scripts take: these two have one. No other stands meanwhile.
let own: Promise<Range> | undefined;
const shared = (): Promise<Range> => {
  own ??= openRange('vetting', '7');
  return own;
};
after(async () => (await own)?.close());

test('what a script writes to its console or throws is searched for secrets', async () => {
  const range = await shared();
  const secretNow = async (): Promise<string> => {
    const [broker = 0] = await childrenOf(process.pid);
    const environment = readFileSync(`/proc/${broker}/environ`, 'utf8');
    return /SECAI_CANARY=([0-9a-f]{32})/.exec(environment)?.[1] ?? '';
  };
  const quiet = await range.run({ number: 1, text: 'console.log("nothing"); return 1;' });
  assert.deepEqual([quiet.moves, quiet.said], [[], '1']);
  const told = [{ canary: 'environment', what: 'its secret was told' }];
  for (const [index, act] of ['console.log', 'throw new Error', 'return '].entries()) {
    const text = `${act}("${await secretNow()}");`;
    assert.deepEqual((await range.run({ number: 2 + index, text })).moves, told, act);
  }
});

test('a broker that ends under a script is a moved canary, and the next script has another', async () => {
  const range = await shared();
  const { moves } = await whileRunning(range, (broker) => process.kill(broker, 'SIGKILL'));
  assert.deepEqual(moves, [{ canary: 'broker', what: 'it ended' }]);
  assert.equal((await range.run({ number: 6, text: 'return 1;' })).said, '1');
});
