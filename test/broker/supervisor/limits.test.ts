import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Supervisor } from '../../../core/broker/supervisor/supervisor.ts';
import { handleOf, jobOf, realSupervisor, STANDARD, standardWith } from './job.ts';

const codeOf = async (outcome: ReturnType<Supervisor['run']>): Promise<string> => {
  const ended = await outcome;
  return ended.kind === 'failed' ? ended.code : 'completed';
};

test('supervisor keeps the limits of calls and sizes', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  let most = 0;
  let now = 0;
  let gather = Promise.resolve();
  let gathered = (): void => {};
  const path = handleOf('path', {
    read: async () => {
      now += 1;
      most = Math.max(most, now);
      if (now > 1) gathered();
      await gather;
      now -= 1;
      return null;
    },
  });
  const run = (body: string, limits = {}): Promise<string> =>
    codeOf(supervisor.run(jobOf(body, { handles: [path], limits })));

  await t.test('a step may wait for more calls at once than are sent at once', async () => {
    // The first is answered only once a second one came: how they arrive is the scheduler's to say.
    const second = Promise.withResolvers<void>();
    gather = second.promise;
    gathered = () => second.resolve();
    const body =
      'await Promise.all(Array.from({ length: 100 }, () => handles.path.read())); return {};';
    assert.equal(await run(body), 'completed');
    assert.ok(most <= STANDARD.limits.calls_in_flight, `${most} at once`);
    assert.ok(most > 1);
  });
  await t.test('a call beyond the number of calls ends the step', async () => {
    const body =
      'for (let i = 0; i < 11; i += 1) await handles.path.read().catch(() => 0); return {};';
    assert.equal(await run(body, { calls_total: 10 }), 'too_many_calls');
    assert.equal(await run(body, { calls_total: 11 }), 'completed');
  });
  await t.test('arguments over their limit end the step', async () => {
    const body = 'await handles.path.read({ text: "x".repeat(1600000) }); return {};';
    assert.equal(await run(body), 'argument_too_large');
    const accents = 'await handles.path.read({ text: "\\u00e9".repeat(1000000) }); return {};';
    assert.equal(await run(accents), 'argument_too_large');
  });
  await t.test('a result over its limit ends the step, counted in bytes', async () => {
    assert.equal(await run('return { text: "x".repeat(1048600) };'), 'result_too_large');
    assert.equal(await run('return { text: "\\u00e9".repeat(600000) };'), 'result_too_large');
    assert.equal(await run('return { text: "x".repeat(1048000) };'), 'completed');
  });
  await t.test('a deep result or argument is refused and the cell stays', async () => {
    const deep = 'let deep = {}; for (let i = 0; i < 100; i += 1) deep = { deep };';
    assert.equal(await run(`${deep} return deep;`), 'guest_error');
    const refusal = `${deep} try { await handles.path.read(deep); } catch (e) { return { code: e.code }; }`;
    assert.equal(await run(refusal), 'completed');
  });
});

test('supervisor never widens the profile for a job', async (t) => {
  const supervisor = realSupervisor({ profile: standardWith({ cpu_ms: 300 }) });
  t.after(() => supervisor.close());
  assert.equal(
    await codeOf(supervisor.run(jobOf('for (;;);', { limits: { cpu_ms: 60_000 } }))),
    'cpu',
  );
});

test('supervisor kills a cell that holds more memory than the profile allows', async (t) => {
  const supervisor = realSupervisor({ profile: standardWith({ heap_mb: 512, rss_mb: 128 }) });
  t.after(() => supervisor.close());
  const fill = 'const held = []; for (;;) held.push(new Uint8Array(1e6).fill(1));';
  assert.equal(await codeOf(supervisor.run(jobOf(fill))), 'memory');
  assert.equal(await codeOf(supervisor.run(jobOf('return {};'))), 'completed');
});

test('a cell whose isolate cannot be stopped takes no further step', async (t) => {
  const supervisor = realSupervisor({ profile: standardWith({ cpu_ms: 400 }) });
  t.after(() => supervisor.close());
  // no engine looks for an interruption in here (attack 225)
  const search = 'Array.prototype.indexOf.call({ length: 2 ** 40 }, 1);';
  const afterResult = `await handles.path.read();
    (async () => { for (let i = 0; i < 6; i += 1) await 0; ${search} })(); return {};`;
  const path = handleOf('path', { read: async () => null });
  const pids: number[] = [];
  const run = (body: string): Promise<string> => {
    const onStarted = ({ pid }: { pid: number }): number => pids.push(pid);
    return codeOf(supervisor.run(jobOf(body, { handles: [path], onStarted })));
  };
  assert.equal(await run(search), 'cpu');
  // Two threads race for whether the search has begun when the result is out. Where it has not, the isolate
  // can be stopped and its cell is good, so that this is tried until one hangs.
  for (let tries = 0; tries < 12 && new Set(pids).size < 3; tries += 1) {
    await run(afterResult);
    assert.equal(await run('return {};'), 'completed');
  }
  assert.equal(new Set(pids).size, 3);
});
