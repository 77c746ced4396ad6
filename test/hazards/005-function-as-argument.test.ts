import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../core/vocabulary/json.ts';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('a function as an argument is refused or left out, and never called', async (t) => {
  const result = await hazard(t, { script: '005-function-as-argument' });
  assertContained(result);
  const { outcomes } = Object(result.got);
  assert.deepEqual(
    outcomes,
    'TypeError TypeError input_invalid string string string string TypeError'.split(' '),
  );
});

test('what arrives in the broker for a function is no function', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const arrived: JsonValue[] = [];
  const path = handleOf('path', {
    read: async (args) => {
      arrived.push(args);
      return null;
    },
  });
  await supervisor.run(
    jobOf(
      `const hook = () => 1;
       for (const args of [[hook], { hook, kept: 1 }, { toJSON: hook }, hook, class {}])
         try { await handles.path.read(args); } catch {}
       return {};`,
      { handles: [path] },
    ),
  );
  assert.deepEqual(arrived, [[null], { kept: 1 }, 1]);
});
