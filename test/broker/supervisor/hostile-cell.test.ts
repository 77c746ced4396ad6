import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeSupervisor } from '../../../core/broker/supervisor/supervisor.ts';
import { jobOf, SILENT, STANDARD } from './job.ts';
import { scriptedLauncher } from './scripted-cell.ts';

/** Each script is what a cell does when it is told to run a step; `step` is the number it was given. */
const BREACHES: Readonly<Record<string, string>> = {
  'an unknown type': `send({ type: 'grant', step })`,
  'an additional field': `send({ type: 'idle', step, extra: 1 })`,
  'a missing field': `send({ type: 'result', step }, '{"ok":{}}')`,
  'a head that is no object': `raw(Buffer.from([0, 0, 0, 3, 0x5b, 0x5d, 0x0a]))`,
  'a frame without a head': `raw(Buffer.from([0, 0, 0, 1, 0x41]))`,
  'a length over the cap': `raw(Buffer.from([0xff, 0xff, 0xff, 0xff]))`,
  'bytes that are not utf-8': `raw(Buffer.from([0, 0, 0, 5, 0x7b, 0x7d, 0x0a, 0xc3, 0x28]))`,
  'a negative count': `send({ type: 'result', step, cpu_ms: -1 }, '{"ok":{}}')`,
  'a body where none belongs': `send({ type: 'failure', step, cpu_ms: 1, reason: 'cpu' }, 'x')`,
  'a reason that does not exist': `send({ type: 'failure', step, cpu_ms: 1, reason: 'cancelled' })`,
  'a wrong step number': `result(step + 1)`,
  'a second hello': `hello()`,
  'an idle before the result': `idle(step)`,
  'a result that is no json': `send({ type: 'result', step, cpu_ms: 1 }, '{"ok":')`,
  'a result of an unknown form': `send({ type: 'result', step, cpu_ms: 1 }, '{"ok":{},"err":"x"}')`,
  'an unknown limit': `send({ type: 'result', step, cpu_ms: 1 }, '{"limit":"cpu"}')`,
  'a result over its limit': `result(step, { text: 'x'.repeat(${STANDARD.limits.result_bytes}) })`,
  'a call that is no call': `call(step, 1, ['read'])`,
};

for (const [name, script] of Object.entries(BREACHES)) {
  test(`supervisor ends a step as violation when its cell sends ${name}`, async (t) => {
    const launcher = scriptedLauncher(`on.run = ({ step }) => { ${script} };`);
    const violations: number[] = [];
    const supervisor = makeSupervisor({
      launcher,
      profile: STANDARD,
      log: SILENT,
      size: 1,
      onViolation: ({ pid }) => violations.push(pid),
    });
    t.after(async () => {
      await supervisor.close();
      await launcher.dispose();
    });
    let hostile = 0;
    const outcome = await supervisor.run(
      jobOf('return {};', { onStarted: ({ pid }) => (hostile = pid) }),
    );
    assert.equal(outcome.kind === 'failed' && outcome.code, 'violation');
    assert.deepEqual(violations, [hostile]);
    const next = await supervisor.run(jobOf('return {};'));
    assert.equal(next.kind, 'completed');
    assert.throws(() => process.kill(hostile, 0), { code: 'ESRCH' });
  });
}

const REFUSED_STARTS: Readonly<Record<string, readonly [script: string, message: RegExp]>> = {
  'tells an isolated-vm below 7.0.1': [
    `hello({ isolated_vm: '7.0.0' });`,
    /isolated-vm is `7\.0\.0`/,
  ],
  'tells another protocol': [`hello({ protocol: 2 });`, /other protocol version/],
  'is idle before its hello': [`idle(0);`, /idle out of order/],
  'ends at once': [`process.kill(process.pid, 'SIGKILL');`, /ended before it was ready/],
};

for (const [name, [script, message]] of Object.entries(REFUSED_STARTS)) {
  test(`supervisor takes no cell that ${name}`, async (t) => {
    const launcher = scriptedLauncher(script, { always: true });
    const supervisor = makeSupervisor({ launcher, profile: STANDARD, log: SILENT, size: 1 });
    t.after(async () => {
      await supervisor.close();
      await launcher.dispose();
    });
    const outcome = await supervisor.run(jobOf('return {};'));
    assert.equal(outcome.kind === 'failed' && outcome.code, 'sandbox_unavailable');
    assert.match(outcome.kind === 'failed' ? outcome.message : '', message);
  });
}
