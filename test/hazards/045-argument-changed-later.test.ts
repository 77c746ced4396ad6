import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../core/vocabulary/json.ts';
import { handleOf, jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('arguments that change after the call change nothing of it', async (t) => {
  const result = await hazard(t, { script: '045-argument-changed-later' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], contents: Array(8).fill('an') });
});

// That a write is compared with the approved bytes is asserted beside the gateways.
test('a write that waits for its turn carries the bytes of the moment of its call', async (t) => {
  const supervisor = realSupervisor();
  t.after(() => supervisor.close());
  const written: JsonValue[] = [];
  const path = handleOf('path', {
    write: async (args) => {
      written.push(args);
      return null;
    },
  });
  await supervisor.run(
    jobOf(
      `const args = { content: 'approved' };
       const bytes = new Uint8Array([1, 2, 3]);
       const calls = [];
       for (let index = 0; index < 4; index += 1) calls.push(handles.path.write(args));
       calls.push(handles.path.write({ bytes }));
       args.content = 'changed';
       bytes.fill(9);
       await Promise.all(calls);
       return {};`,
      { handles: [path], limits: { calls_in_flight: 1 } },
    ),
  );
  assert.deepEqual(written, [
    ...Array(4).fill({ content: 'approved' }),
    { bytes: { 0: 1, 1: 2, 2: 3 } },
  ]);
});
