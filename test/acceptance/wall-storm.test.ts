import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type JsonObject, ownValue } from '../../core/vocabulary/json.ts';
import { type Agent, isOver, startAgentIn, step, testAgent } from '../harness/agent.ts';
import { type AgentFolder, makeAgentFolder } from '../harness/agent-folder.ts';
import { call } from '../harness/call.ts';
import { secaiAgent } from '../harness/cli.ts';

const MOST_DEATHS = 5;

const summarize = async (agent: Agent, name: string): Promise<JsonObject> => {
  const submitted = await agent.submit(`summarize user_docs/${name}.md`);
  const task = await agent.until(String(submitted['task_id']), isOver);
  return step(task, 'summarize');
};

const dataOf = async (agent: Agent, event: string): Promise<readonly JsonObject[]> =>
  (await agent.audit())
    .filter((record) => record['event'] === event)
    .map((record) => record['data'] as JsonObject);

const healthOf = async ({ socket }: AgentFolder): Promise<JsonObject> =>
  (await call(socket, '/health')).body;

const pluginList = async ({ socket }: AgentFolder, ...more: readonly string[]): Promise<string> => {
  const { code, out, err } = await secaiAgent(['plugin', 'list', '--socket', socket, ...more]);
  assert.equal(code, 0, err);
  return out;
};

test('wall.storm: a plugin that kills its cell each time is quarantined, visibly, no step of it runs twice, and the others go on', async (t) => {
  const folder = await makeAgentFolder(t, {
    documents: {
      // The cell takes more memory than it may before anything in it can stop: the broker kills it.
      'nest.md': 'nest as told',
      'good.md': 'A good file says one thing. It says another thing too.\n',
    },
  });
  const agent = await startAgentIn(t, folder, testAgent('hostile'));
  assert.match(await pluginList(folder), /^writing .* active /m);

  const steps: string[] = [];
  for (let n = 0; n < MOST_DEATHS; n += 1) {
    const killed = await summarize(agent, 'nest');
    assert.equal(killed['code'], 'memory', JSON.stringify(killed));
    steps.push(String(killed['step_id']));
  }
  const refused = await summarize(agent, 'nest');
  assert.equal(refused['code'], 'quarantined', JSON.stringify(refused));
  assert.match(String(refused['error']), /^plugin `writing` is quarantined/);

  // Each step read its file once: none ran twice, and the refused one ran nowhere.
  const readers = (await dataOf(agent, 'handle_call')).map(({ step_id }) => String(step_id));
  assert.deepEqual(readers.toSorted(), steps.toSorted());
  assert.deepEqual(await dataOf(agent, 'step_retried'), []);

  const deaths = await dataOf(agent, 'cell_died');
  assert.deepEqual(
    deaths.map(({ plugin, reason }) => [plugin, reason]),
    Array.from({ length: MOST_DEATHS }, () => ['writing', 'memory']),
  );
  const [record, ...more] = await dataOf(agent, 'plugin_quarantined');
  assert.ok(record !== undefined && more.length === 0);
  const { plugin, reason, until } = record;
  assert.deepEqual([plugin, record['deaths'], reason], ['writing', MOST_DEATHS, 'memory']);
  assert.ok(Date.parse(String(until)) > Date.now());

  const health = await healthOf(folder);
  assert.equal(health['status'], 'ok');
  const [shown] = ownValue(health, 'quarantined') as readonly JsonObject[];
  assert.deepEqual([shown?.['plugin'], shown?.['deaths']], ['writing', MOST_DEATHS]);
  assert.match(await pluginList(folder), /^writing .* quarantined until 2\d{3}-.* \(5 deaths\)/m);
  const listed: { plugins: { id: string; state: string }[] } = JSON.parse(
    await pluginList(folder, '--json'),
  );
  assert.deepEqual(
    listed.plugins.filter(({ state }) => state !== 'active').map(({ id }) => id),
    ['writing'],
  );

  const task = await agent.submit('find what the documents say about another thing');
  const done = await agent.until(String(task['task_id']), isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
  await agent.assertChainValid();

  assert.equal(await agent.stop(), 0);
  assert.match(await pluginList(folder), /^writing .* unknown [\s\S]*\nagent not running\n$/m);
  const again = await startAgentIn(t, folder, testAgent('hostile'));
  assert.deepEqual((await healthOf(folder))['quarantined'], []);
  assert.notEqual((await summarize(again, 'good'))['code'], 'quarantined');
});
