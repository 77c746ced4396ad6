import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { HandleMethod, StepOutcome } from '../../core/broker/supervisor/supervisor.ts';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';

const violations: string[] = [];
const supervisor = realSupervisor({ onViolation: ({ message }) => violations.push(message) });
after(() => supervisor.close());

const run = (body: string, parts = {}): Promise<StepOutcome> => supervisor.run(jobOf(body, parts));
const outputOf = async (body: string, parts = {}): Promise<unknown> => {
  const outcome = await run(body, parts);
  return outcome.kind === 'completed' ? outcome.output : outcome;
};
const SLEEP = 'const sleep = (ms) => new Promise((done) => setTimeout(done, ms));';

test('timers run in the order in which they are due, with their arguments, while the clock stands', async () => {
  const output = await outputOf(
    `const seen = []; const note = (...words) => seen.push(words.join(' '));
     const before = Date.now();
     setTimeout(note, 60, 'last'); setTimeout(note, 0, 'first', 'of all'); setTimeout(note, 30, 'between');
     const id = setTimeout(note, 10, 'never'); clearTimeout(id); clearTimeout(id); clearTimeout('x');
     await new Promise((done) => setTimeout(done, 90));
     return { seen, stood: Date.now() === before, id: typeof id };`,
  );
  assert.deepEqual(output, {
    seen: ['first of all', 'between', 'last'],
    stood: true,
    id: 'number',
  });
});

test('a timer takes as long as it says, and a step does not outlast its deadline by one', async () => {
  const startedAt = performance.now();
  await outputOf(`${SLEEP} await sleep(150); return {};`);
  assert.ok(performance.now() - startedAt >= 149);
  const late = await run(`${SLEEP} await sleep(1e12); return {};`, { limits: { wall_ms: 200 } });
  assert.equal(late.kind === 'failed' && late.code, 'wall');
  assert.ok(performance.now() - startedAt < 5000);
});

test('a timer that is left over holds up neither its result nor the next step', async () => {
  const startedAt = performance.now();
  await outputOf(`setTimeout(() => { for (;;); }, 20_000); return {};`);
  assert.deepEqual(await outputOf('return { next: true };'), { next: true });
  assert.ok(performance.now() - startedAt < 5000);
});

test('64 timers may be set at once, a cleared one counts no more, and a step may not set them for ever', async () => {
  const output = await outputOf(
    `const ids = []; let refused;
     try { for (;;) ids.push(setTimeout(() => {}, 5000)); } catch (e) { refused = e.name; }
     const set = ids.length; clearTimeout(ids[0]); setTimeout(() => {}, 5000);
     return { set, refused };`,
  );
  assert.deepEqual(output, { set: 64, refused: 'RangeError' });
  const busy = await run(`${SLEEP} for (;;) await sleep(0);`, { limits: { calls_total: 20 } });
  assert.equal(busy.kind === 'failed' && busy.code, 'too_many_calls');
});

test('text is not run as code; a callback that throws ends the step in its words, one that loops by its cpu', async () => {
  const output = await outputOf(
    `return { name: (() => { try { setTimeout('globalThis.x = 1', 0); } catch (e) { return e.name; } })() };`,
  );
  assert.deepEqual(output, { name: 'TypeError' });
  const thrown = await run(
    `setTimeout(() => { throw new Error('out of a timer'); }, 1); await new Promise(() => {});`,
  );
  assert.equal(thrown.kind === 'failed' && thrown.message, 'out of a timer');
  const looping = await run(`setTimeout(() => { for (;;); }, 1); await new Promise(() => {});`, {
    limits: { cpu_ms: 200 },
  });
  assert.equal(looping.kind === 'failed' && looping.code, 'cpu');
});

test('timers and handle calls share a channel without mixing up their numbers', async () => {
  const echo: HandleMethod = (args) => Promise.resolve(args);
  const output = await outputOf(
    `${SLEEP} const seen = [];
     for (let i = 0; i < 5; i += 1) { await sleep(1); seen.push(await handles.path.read(i)); }
     const both = await Promise.race([handles.path.read('call'), sleep(5000)]);
     return { seen, both };`,
    { handles: [handleOf('path', { read: echo })] },
  );
  assert.deepEqual(output, { seen: [0, 1, 2, 3, 4], both: 'call' });
  assert.deepEqual(violations, []);
});
