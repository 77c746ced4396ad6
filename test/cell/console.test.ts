import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { StepLog, StepOutcome } from '../../core/broker/supervisor/supervisor.ts';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';

const supervisor = realSupervisor();
after(() => supervisor.close());

const run = (body: string, parts = {}): Promise<StepOutcome> => supervisor.run(jobOf(body, parts));
const logOf = async (body: string): Promise<StepLog> => {
  const { kind, log } = await run(body);
  assert.equal(kind, 'completed');
  return log ?? { lines: [], dropped: 0 };
};

test('what a step writes to its console comes beside its result, one line a call', async () => {
  const outcome = await run(
    `console.log('read', 3, true, null, undefined, 10n, Symbol('s'));
     console.info({ a: [1, 'x', { b: null }], get never() { throw new Error('called'); } });
     console.warn(new Map([[{ k: 1 }, new Set(['v'])]]), new Uint8Array([1, 2]), new Date(0), /a\\/b/gi);
     console.error(() => {}, Promise.resolve(), Object.create(null), [[[[[1]]]]]);
     console.debug();
     return { ok: 1 };`,
  );
  assert.equal(outcome.kind, 'completed');
  assert.deepEqual(outcome.output, { ok: 1 });
  assert.equal(outcome.bytes, '{"ok":1}'.length, 'the log is no part of the result');
  assert.deepEqual(outcome.log, {
    lines: [
      'read 3 true null undefined 10n Symbol(s)',
      '{a: [1, "x", {b: null}], never: [accessor]}',
      'warn: Map {{k: 1} => Set {"v"}} Uint8Array [1, 2] 1970-01-01T00:00:00.000Z /a\\/b/gi',
      'error: [function] [object Promise] {} [[[[[…]]]]]',
      'debug: ',
    ],
    dropped: 0,
  });
});

test('a failed step keeps its log, and one that is stopped from outside loses it', async () => {
  const failed = await run(`console.log('before'); throw new Error('no');`);
  assert.equal(failed.kind === 'failed' && failed.message, 'no');
  assert.deepEqual(failed.log, { lines: ['before'], dropped: 0 });
  const stopped = await run(`console.log('before'); for (;;);`, { limits: { cpu_ms: 100 } });
  assert.equal(stopped.kind === 'failed' && stopped.code, 'cpu');
  assert.equal(stopped.log, undefined);
});

test('a log is bounded in lines, in a line, and in all; what it drops is counted', async () => {
  const many = await logOf(`for (let i = 0; i < 250; i += 1) console.log(i); return {};`);
  assert.equal(many.lines.length, 200);
  assert.equal(many.dropped, 50);
  const long = await logOf(
    `console.log('x'.repeat(1e6)); console.log({ a: 'y'.repeat(1e6) }); console.log([...Array(1e5).keys()]);
     for (let i = 0; i < 20; i += 1) console.log('\\u0000'.repeat(1024)); return {};`,
  );
  const lengths = long.lines.map(({ length }) => length);
  assert.deepEqual(lengths.slice(0, 2), [1024, 1024]);
  assert.ok((lengths[2] ?? 0) < 1024);
  assert.ok(long.dropped > 0, 'sixteen thousand characters in all');
});

test('a line of a log is one line, whatever the guest writes', async () => {
  const { lines } = await logOf(
    `console.log('a\\nb\\r\\tc\\u001b[2J\\u2028\\u202e\\ud800'); console.log('x"}\\n{"ok":{}}'); return {};`,
  );
  assert.deepEqual(lines, ['a\\nb\\r\\tc\\u001b[2J\\u2028\\u202e\\ud800', 'x"}\\n{"ok":{}}']);
});

test('a value that fights being shown costs the step its own time and nothing else', async () => {
  const { lines } = await logOf(
    `const cruel = new Proxy({}, { ownKeys() { throw 1; } });
     const ring = {}; ring.ring = ring;
     console.log(cruel); console.log(ring); console.log({ toJSON() { throw 1; }, toString() { throw 2; } });
     return {};`,
  );
  assert.deepEqual(lines, [
    '[unreadable]',
    '{ring: {ring: {ring: {ring: {…}}}}}',
    '{toJSON: [function], toString: [function]}',
  ]);
  const looping = await run(`console.log(new Proxy({}, { ownKeys() { for (;;); } }));`, {
    limits: { cpu_ms: 200 },
  });
  assert.equal(looping.kind === 'failed' && looping.code, 'cpu');
});
