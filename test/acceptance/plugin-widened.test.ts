import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject, JsonValue } from '../../core/vocabulary/json.ts';
import { isOver, startAgent, step } from '../harness/agent.ts';
import type { PluginText } from '../harness/installable-plugins.ts';
import { makeOperator } from '../harness/operator.ts';

// Over the real socket: a plugin with a step, whose text says which version ran.

const quoter = (
  version: string,
  { description = 'Says which version it is.', parameter = '', requests = '' } = {},
): PluginText => ({
  id: 'quoter',
  version,
  description,
  power: `${requests}steps:
  summarize:
    description: Says which version ran.
    reversibility: ${requests === '' ? 'read-only' : 'irreversible'}
    input:
      type: object
      additionalProperties: false
      required: [path]
      properties:
        path: { type: string, minLength: 1, maxLength: 4096, x-capability: storage.read }
${parameter}    output:
      type: object
      additionalProperties: false
      required: [text]
      properties:
        text: { type: string, maxLength: 100 }
`,
  source: `globalThis.__plugin = { steps: { summarize: async () => ({ text: 'version ${version}' }) } };`,
});

const WIDER: readonly (readonly [what: string, shown: RegExp, Parameters<typeof quoter>[1]])[] = [
  ['changes its description', /"pointer":"\/description"/, { description: 'Now says more.' }],
  [
    'asks for one more file',
    /storage\.read/,
    {
      parameter:
        '        beside: { type: string, minLength: 1, maxLength: 4096, x-capability: storage.read }\n',
    },
  ],
  [
    'asks for a host',
    /example\.org/,
    {
      requests: 'requests:\n  egress:\n    - { host: example.org, methods: [GET] }\n',
      parameter:
        '        page: { type: string, minLength: 1, maxLength: 4096, x-capability: airlock.fetch }\n',
    },
  ],
];

const agent = await startAgent({ after }, { documents: { 'a.txt': 'A text.' } });
const operator = makeOperator(agent.folder);
assert.equal((await operator.verb('writing', 'suspend')).status, 200);
await operator.install(quoter('1.0.0'));
assert.equal((await operator.verb('quoter', 'enable')).status, 200);

const ran = async (): Promise<JsonValue | undefined> => {
  const task = await agent.submit('summarize user_docs/a.txt');
  const done = await agent.until(String(task['task_id']), isOver);
  return JSON.stringify(step(done, 'summarize')['result']);
};

for (const [index, [what, shown, change]] of WIDER.entries()) {
  const version = `1.${index + 1}.0`;
  test(`plugin.widened: a version that ${what} is quarantined with the difference, and the old one runs on`, async () => {
    const installed = await operator.install(quoter(version, change));
    assert.equal(installed['state'], 'quarantined');
    assert.match(JSON.stringify(installed['difference']), shown);
    const listed: JsonObject = (await operator.get('/quoter')).body;
    assert.match(JSON.stringify(listed), shown);
    assert.match(String(await ran()), /version 1\.0\.0/);
    const refused = await operator.verb('quoter', 'enable');
    assert.deepEqual([refused.status, refused.body['code']], [409, 'widening_unapproved']);
    assert.match(JSON.stringify(refused.body['difference']), shown);
    assert.match(String(await ran()), /version 1\.0\.0/);
  });
}

test('plugin.widened: the version runs once the operator approves just that difference', async () => {
  const wider = await operator.install(quoter('2.0.0', { description: 'Now says more.' }));
  const approve = String(wider['difference_digest']);
  const enabled = await operator.verb('quoter', 'enable', { approve });
  assert.equal(enabled.status, 200, enabled.text);
  assert.match(String(await ran()), /version 2\.0\.0/);
  const approved = (await agent.audit()).filter(({ event }) => event === 'plugin_enabled').at(-1);
  assert.match(JSON.stringify(approved), new RegExp(`"approved":"${approve}"`));
  await agent.assertChainValid();
});
