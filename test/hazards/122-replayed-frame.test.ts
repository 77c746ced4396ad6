import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handleOf, jobOf } from '../broker/supervisor/job.ts';
import { hostileSupervisor } from '../broker/supervisor/scripted-cell.ts';
import { codeOf } from './code-of.ts';

const REPLAYS: Readonly<Record<string, readonly [numbers: string, reached: number]>> = {
  'sends the same call twice': ['[1, 1]', 1],
  'starts at another number': ['[2]', 0],
  'goes back': ['[1, 2, 1]', 2],
  'leaves a number out': ['[1, 3]', 1],
};

// A cell that is not found out would be waited for.
const limits = { wall_ms: 5000 };

for (const [what, [numbers, reached]] of Object.entries(REPLAYS)) {
  test(`a cell that ${what} ends as violation`, async (t) => {
    let reads = 0;
    const path = handleOf('path', { read: async () => (reads += 1) });
    const { supervisor } = hostileSupervisor(
      t,
      `on.run = ({ step }, { handles }) => {
         const body = { handle: JSON.parse(handles)[0].id, method: 'read', args: null };
         for (const seq of ${numbers}) call(step, seq, body);
       };`,
    );
    assert.equal(codeOf(await supervisor.run(jobOf('', { handles: [path], limits }))), 'violation');
    assert.equal(reads, reached);
    assert.equal(codeOf(await supervisor.run(jobOf('return {};'))), 'completed');
  });
}

test('a cell that answers for an earlier step ends as violation', async (t) => {
  const { supervisor } = hostileSupervisor(
    t,
    `on.run = ({ step }) => { if (step === 1) { result(1); idle(1); } else result(1); };`,
  );
  assert.equal(codeOf(await supervisor.run(jobOf(''))), 'completed');
  assert.equal(codeOf(await supervisor.run(jobOf(''))), 'violation');
});
