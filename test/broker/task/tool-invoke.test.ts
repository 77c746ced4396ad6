import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { isJsonObject, type JsonObject } from '../../../core/vocabulary/json.ts';
import { asksNow, isOver, startAgent, step } from '../../harness/agent.ts';

// The shipped tools through a whole agent over its socket, with the embedded firewall.

const POLICY = `allowed_tools: [filesystem.read, filesystem.list, filesystem.write, text.diff, hash.verify]
configurable_defaults:
  read_file: always
  write_file: always
  overwrite_file: ask
  tool_invoke: always
`;

const agent = await startAgent(
  { after },
  { documents: { 'notes.md': 'the notes\n', 'other.md': 'others\n' }, policy: POLICY },
);

describe('tool_invoke', () => {
  const run = async (intent: string, more: JsonObject = {}): Promise<JsonObject> => {
    const { task_id } = await agent.submit(intent, more);
    return agent.until(String(task_id), isOver);
  };
  const callsOf = async (task: JsonObject): Promise<readonly JsonObject[]> =>
    (await agent.audit())
      .filter(({ event }) => event === 'tool_call')
      .map(({ data }) => data)
      .filter((data) => isJsonObject(data ?? null))
      .map((data) => data as JsonObject)
      .filter((data) => data['task_id'] === task['task_id']);

  it('runs filesystem.read on a file of the workspace', async () => {
    const task = await run('use the tool filesystem.read on user_docs/notes.md');
    assert.equal(task['status'], 'completed', JSON.stringify(task));
    const { result, params } = step(task, 'tool_invoke');
    assert.ok(isJsonObject(result ?? null));
    assert.equal((result as JsonObject)['content'], 'the notes\n');
    assert.equal((params as JsonObject)['tool'], 'filesystem.read');
    const [call, ...more] = await callsOf(task);
    assert.deepEqual(more, []);
    assert.equal(call?.['tool'], 'filesystem.read');
    assert.equal(call?.['verdict'], 'allowed');
    assert.match(String(call?.['arguments_sha256']), /^[0-9a-f]{64}$/);
  });

  it('shows the tool, each resolved place and each argument before a person approves it', async () => {
    const { task_id } = await agent.submit(
      `invoke filesystem.write {"path": "outputs/new.md", "content": "some <text>"}`,
      { preferences: { tool_invoke: 'ask' } },
    );
    const asking = await agent.until(String(task_id), asksNow);
    assert.equal(
      step(asking, 'tool_invoke')['description'],
      'invoke filesystem.write to write outputs/new.md (new, 11 bytes), with content = [redacted]',
    );
    await agent.post(`/v1/task/${task_id}/approve`, { approve_all: true });
    const task = await agent.until(String(task_id), isOver);
    assert.equal(task['status'], 'completed', JSON.stringify(task));
    assert.equal(await readFile(join(agent.folder.outputs, 'new.md'), 'utf8'), 'some <text>');
    await agent.assertChainValid();
    // Redacted by its manifest: neither log has it, whatever the verdict was (attack 162).
    assert.doesNotMatch(await readFile(agent.folder.auditLog, 'utf8'), /some <text>/);
    assert.doesNotMatch(agent.said(), /some <text>/);
  });

  it('writes nothing in sensitive mode, where a grant keeps only the tools that look', async () => {
    const sensitive = { mode: 'sensitive', workspace: ['user_docs'] };
    const writing = await run('use the tool filesystem.write on outputs/b.md content=x', sensitive);
    assert.equal(step(writing, 'tool_invoke')['code'], 'tool_not_granted');
    const reading = await run('use the tool filesystem.read on user_docs/notes.md', sensitive);
    assert.equal(reading['status'], 'completed', JSON.stringify(reading));
    const listing = await run('use the tool filesystem.list on user_docs', sensitive);
    assert.equal(listing['status'], 'completed', JSON.stringify(listing));
  });

  it('refuses a file outside the grant, arguments outside the schema and a preference of never', async () => {
    const outside = await run('use the tool filesystem.read on /etc/hostname');
    assert.equal(step(outside, 'tool_invoke')['rule'], 'unresolvable');
    const unknown = await run('invoke filesystem.read {"path": "user_docs/notes.md", "more": 1}');
    assert.equal(step(unknown, 'tool_invoke')['code'], 'input_invalid');
    assert.deepEqual(await callsOf(unknown), []);
    const never = await run('use the tool filesystem.read on user_docs/notes.md', {
      preferences: { tool_invoke: 'never' },
    });
    assert.equal(step(never, 'tool_invoke')['rule'], 'preference_never');
  });

  it('is served by a firewall that health shows as ready', async () => {
    const { body } = await agent.get('/health');
    assert.deepEqual(body['tool_firewall'], { kind: 'embedded', ready: true });
  });
});
