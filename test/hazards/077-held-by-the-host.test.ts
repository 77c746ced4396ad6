import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { handleOf, jobOf, realSupervisor, standardWith } from '../broker/supervisor/job.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after }, { limits: { calls_total: 300 } });

test('thirty thousand calls at once end by the limit of calls, and the host has held none of their answers', async () => {
  const before = process.memoryUsage.rss();
  const document = 'x'.repeat(500_000);
  const result = await range.attack({ script: '077-held-by-the-host', document });
  assertContained(result, 'too_many_calls', 'memory');
  const grown = Math.round((process.memoryUsage.rss() - before) / 1024 / 1024);
  assert.ok(grown < 150, `the broker grew by ${grown} MB`);
});

test('of five hundred calls the host holds at most sixteen at a time', async (t) => {
  const supervisor = realSupervisor({ profile: standardWith({ calls_in_flight: 16 }) });
  t.after(() => supervisor.close());
  let underWay = 0;
  let most = 0;
  let calls = 0;
  const read = async (): Promise<null> => {
    underWay += 1;
    calls += 1;
    most = Math.max(most, underWay);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    underWay -= 1;
    return null;
  };
  const body = `const calls = [];
    for (let call = 0; call < 500; call += 1) calls.push(handles.path.read());
    await Promise.all(calls);
    return {};`;
  const outcome = await supervisor.run(jobOf(body, { handles: [handleOf('path', { read })] }));
  assert.equal(outcome.kind, 'completed');
  assert.equal(calls, 500);
  assert.ok(most > 1 && most <= 16, `${most} at a time`);
});
