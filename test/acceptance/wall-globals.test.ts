import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { REALM_WALK } from '../cell/realm-walk.ts';

// Everything that a guest can reach, checked in. A new engine with one more name, a sweep that is left
// out or an object that is not frozen makes a difference. After a meant change, write it anew with
// SECAI_WRITE_GLOBALS=1, and review the difference as what it is: a change of what guests may do.
const LIST = join(PACKAGE_ROOT, 'test/acceptance/guest-globals.json');

const supervisor = realSupervisor();
after(() => supervisor.close());

test('wall.globals: all that a guest can reach equals the checked-in list, and all of it is frozen', async () => {
  const outcome = await supervisor.run(jobOf(REALM_WALK));
  assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
  const seen = outcome.output;
  if (process.env['SECAI_WRITE_GLOBALS'] === '1') {
    await writeFile(LIST, `${JSON.stringify(seen, null, 1)}\n`);
  }
  assert.deepEqual(seen, JSON.parse(await readFile(LIST, 'utf8')));
  assert.ok(!JSON.stringify(seen).includes('loose'), 'a property can be changed');
  assert.ok(!JSON.stringify(seen).includes('"open"'), 'an object can be changed');
});
