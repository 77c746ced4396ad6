import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { untilGone } from '../../harness/processes.ts';
import { BREACHES, BREAKS_AS_TOLD } from './breaches.ts';
import { jobOf, realSupervisor } from './job.ts';
import { scriptedCells, scriptedLauncher } from './scripted-cell.ts';

const cells = scriptedCells(`hello(); ${BREAKS_AS_TOLD}`);
after(() => cells().dispose());

for (const name of Object.keys(BREACHES)) {
  test(`supervisor ends a step as violation when its cell sends ${name}`, async (t) => {
    const violations: number[] = [];
    const supervisor = realSupervisor({
      launcher: cells(),
      onViolation: ({ pid }) => violations.push(pid),
    });
    t.after(() => supervisor.close());
    let hostile = 0;
    const outcome = await supervisor.run(
      jobOf('return {};', {
        input: { breach: name },
        onStarted: ({ pid }) => (hostile = pid),
      }),
    );
    assert.equal(outcome.kind === 'failed' && outcome.code, 'violation');
    assert.deepEqual(violations, [hostile]);
    const next = await supervisor.run(jobOf('return {};'));
    assert.equal(next.kind, 'completed');
    assert.ok(await untilGone(hostile));
  });
}

const REFUSED_STARTS: Readonly<Record<string, readonly [script: string, message: RegExp]>> = {
  'tells an isolated-vm below 7.0.1': [
    `hello({ isolated_vm: '6.5.0' });`,
    /isolated-vm is `6\.5\.0`, expected 7\.0\.1/,
  ],
  'tells another protocol': [`hello({ protocol: 2 });`, /other protocol version/],
  'names a layer less than the wall has': [`hello({ layers: ['no_new_privs'] });`, /seccomp/],
  'is idle before its hello': [`idle(0);`, /idle out of order/],
  'ends at once': [`process.kill(process.pid, 'SIGKILL');`, /ended before it was ready/],
};

for (const [name, [script, message]] of Object.entries(REFUSED_STARTS)) {
  test(`supervisor takes no cell that ${name}`, async (t) => {
    const launcher = scriptedLauncher(script, { always: true });
    const supervisor = realSupervisor({ launcher });
    t.after(async () => {
      await supervisor.close();
      await launcher.dispose();
    });
    const outcome = await supervisor.run(jobOf('return {};'));
    assert.equal(outcome.kind === 'failed' && outcome.code, 'sandbox_unavailable');
    assert.match(outcome.kind === 'failed' ? outcome.message : '', message);
  });
}
