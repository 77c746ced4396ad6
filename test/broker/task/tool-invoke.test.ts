import assert from 'node:assert/strict';
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
});
void asksNow;
