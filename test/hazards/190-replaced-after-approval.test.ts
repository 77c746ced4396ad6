import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { isOver, startAgent, step } from '../harness/agent.ts';
import type { PluginText } from '../harness/installable-plugins.ts';
import { makeOperator } from '../harness/operator.ts';

// Attacks 190 and 162. The plugin is exchanged between the approval of a tool's step and its start.

const SECRET = 'S3CR3T-f00d';

const noter = (version: string): PluginText => ({
  id: 'noter',
  version,
  power: `tools:
  notes.keep:
    description: Keeps a note.
    reversibility: reversible
    input:
      type: object
      additionalProperties: false
      required: [path, content, phrase]
      properties:
        path: { type: string, minLength: 1, maxLength: 4096, x-capability: storage.create }
        content: { type: string, maxLength: 1000 }
        phrase: { type: string, maxLength: 100, x-redact: true }
    output:
      type: object
      additionalProperties: false
      required: [text]
      properties:
        text: { type: string, maxLength: 1000 }
`,
  source: `globalThis.__plugin = { tools: { 'notes.keep': async (input, handles) => {
    console.log('phrase ' + input.phrase);
    await handles.path.write({ content: input.content });
    return { text: '${version}' };
  } } };`,
});

test('an approval of a tool binds its bytes: another version does not run by it, and what is secret is in no log', async (t) => {
  const agent = await startAgent(t, {
    policy: `allowed_tools: [notes.keep]
configurable_defaults: { read_file: always, write_file: ask, overwrite_file: ask, tool_invoke: ask }
`,
  });
  const operator = makeOperator(agent.folder);
  const enable = async (version: string): Promise<void> => {
    await operator.install(noter(version));
    const enabled = await operator.verb('noter', 'enable');
    assert.equal(enabled.status, 200, enabled.text);
  };
  const ask = async (): Promise<JsonObject> => {
    const args = { path: 'outputs/a.md', content: 'hello', phrase: SECRET };
    const task = await agent.submit(`use the tool notes.keep ${JSON.stringify(args)}`);
    const { description, status } = step(task, 'tool_invoke');
    assert.equal(status, 'pending');
    assert.match(String(description), /write outputs\/a\.md .*phrase = \[redacted\]$/);
    return task;
  };
  const approve = async (task: JsonObject): Promise<JsonObject> => {
    const id = String(task['task_id']);
    await agent.post(`/v1/task/${id}/approve`, { approve_all: true });
    return step(await agent.until(id, isOver), 'tool_invoke');
  };
  const note = join(agent.folder.outputs, 'a.md');

  await enable('1.0.0');
  const asked = await ask();
  await enable('1.0.1');
  const refused = await approve(asked);
  assert.deepEqual([refused['status'], refused['code']], ['failed', 'approval_stale']);
  assert.ok(!existsSync(note), 'no effect');

  const ran = await approve(await ask());
  assert.equal(ran['status'], 'completed', JSON.stringify(ran));
  assert.ok(existsSync(note), 'by an approval of its own the new version runs');
  assert.ok(!(await readFile(agent.folder.auditLog, 'utf8')).includes(SECRET));
  assert.ok(!agent.said().includes(SECRET));
  await agent.assertChainValid();
});
