import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ownValue } from '../../core/vocabulary/json.ts';
import { isOver, startAgent, step } from '../harness/agent.ts';
import type { PluginText } from '../harness/installable-plugins.ts';
import { makeOperator } from '../harness/operator.ts';

// It takes two seconds of work before its effect, and says by a read of its own log line that it has begun.
const slow: PluginText = {
  id: 'slow-files',
  version: '1.0.0',
  power: `steps:
  write_file:
    description: Writes a text after a while.
    reversibility: reversible
    input:
      type: object
      additionalProperties: false
      required: [path, content]
      properties:
        path: { type: string, minLength: 1, maxLength: 4096, x-capability: storage.create }
        content: { type: string, maxLength: 1048576 }
    output:
      type: object
      additionalProperties: false
      required: [path, size, sha256]
      properties:
        path: { type: string, maxLength: 4096 }
        size: { type: integer, minimum: 0, maximum: 1048576 }
        sha256: { type: string, minLength: 64, maxLength: 64 }
`,
  source: `globalThis.__plugin = { steps: { write_file: async (input, handles) => {
    // About two seconds of processor time where the clock stands still.
    let end = 0;
    for (let n = 0; n < 40_000_000; n += 1) end += n % 7;
    if (end < 0) throw new Error('never');
    const { size, sha256 } = await handles.path.write({ content: input.content });
    return { path: input.path, size, sha256 };
  } } };`,
};

test('plugin.revoke_mid_run: a step ends `revoked` when its plugin is, and the file it would have written never appears', async (t) => {
  const agent = await startAgent(t);
  const operator = makeOperator(agent.folder);
  await operator.verb('filesystem', 'suspend');
  await operator.install(slow);
  await operator.verb('slow-files', 'enable');

  const write = async (name: string): Promise<string> => {
    const intent = `write 'All is well' to outputs/${name}`;
    const task = await agent.submit(intent, { preferences: { write_file: 'always' } });
    return String(task['task_id']);
  };
  const whole = await agent.until(await write('first.txt'), isOver);
  assert.equal(whole['status'], 'completed', JSON.stringify(whole));
  assert.ok(existsSync(join(agent.folder.outputs, 'first.txt')), 'the plugin writes when it may');

  const id = await write('second.txt');
  await agent.until(id, (task) => step(task, 'write_file')['status'] === 'running');
  const began = Date.now();
  const revoked = await operator.verb('slow-files', 'revoke');
  assert.equal(revoked.status, 200, revoked.text);
  const task = await agent.until(id, isOver);
  assert.ok(Date.now() - began < 10_000);
  const ended = step(task, 'write_file');
  assert.equal(ended['status'], 'failed');
  const error = ownValue(ended, 'error');
  assert.match(JSON.stringify(error ?? ended), /enabled no longer/);

  const records = await agent.audit();
  const data = records.filter(({ event }) => event === 'step_executed').at(-1)?.['data'];
  assert.match(JSON.stringify(data), /"code":"revoked"/);
  // The next plugin of the action works in another cell; nothing of the killed one comes after it.
  const enabled = await operator.verb('filesystem', 'enable');
  assert.equal(enabled.status, 200, enabled.text);
  const next = await agent.until(await write('third.txt'), isOver);
  assert.equal(next['status'], 'completed');
  assert.ok(!existsSync(join(agent.folder.outputs, 'second.txt')));
  assert.ok(
    !(await agent.audit()).some(
      (record) =>
        String(record['event']).startsWith('effect_') && JSON.stringify(record).includes(id),
    ),
    'no effect of it was even begun',
  );
  const refused = await operator.verb('slow-files', 'enable');
  assert.equal(refused.status, 404);
  await agent.assertChainValid();
});
