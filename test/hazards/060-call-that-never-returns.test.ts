import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { assertNothingAfterEnd } from './end-on-record.ts';

// Attack 60: that a gateway refuses what could hold it (a FIFO, a device, a file that grows) is asserted with
// attacks 103 and 108, and that an effect under way is waited for with attack 128.

test('a call that never returns is aborted when its step ends by the wall limit', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  let aborted = 0;
  const stuck = handleOf('path', {
    read: (_args, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted += 1;
          reject(signal.reason);
        });
      }),
  });
  const handles = [stuck];
  const limits = { wall_ms: 150 };
  const outcome = await supervisor.run(
    jobOf('await Promise.race([handles.path.read(), handles.path.read()]);', { handles, limits }),
  );
  assert.equal(outcome.kind === 'failed' && outcome.code, 'wall');
  assert.equal(aborted, 2);
  assert.equal((await supervisor.run(jobOf('return {};'))).kind, 'completed');
});

const range = await openHazardRange({ after });

for (const [document, code] of [
  ['return', 'completed'],
  ['throw', 'guest_error'],
] as const) {
  test(`calls that a step leaves alone (${document}) end with it`, async () => {
    const result = await range.attack({ script: '060-calls-left-alone', document });
    assertContained(result, code);
    assertNothingAfterEnd(result);
  });
}
