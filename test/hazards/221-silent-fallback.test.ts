import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { type Agent, isOver, launch, SERVE, startAgentIn, step } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';

// Attack 221: a machine lacks a layer and the strict mode becomes another one that nobody is told of. A missing
// layer is a refusal; the one way round it is loud, and only there in development.

const without = (...words: readonly string[]): readonly string[] => [
  join(PACKAGE_ROOT, 'dist/test/harness/without-calls.js'),
  'landlock_create_ruleset',
  SERVE,
  'serve',
  ...words,
];

const STARTS: Readonly<
  Record<string, readonly [words: readonly string[], env: Readonly<Record<string, string>>]>
> = {
  'asks for nothing': [[], {}],
  'is in development and asks for nothing': [[], { SECAI_DEV_MODE: '1' }],
  'asks for a weak sandbox by its option': [['--allow-weak-sandbox'], {}],
  'asks for it by its variable': [[], { SECAI_ALLOW_WEAK_SANDBOX: '1' }],
  'asks for it and says that this is no development': [
    ['--allow-weak-sandbox'],
    { SECAI_DEV_MODE: '0' },
  ],
};

// The first is a row of the acceptance as well.
const LONG = process.env['SECAI_LONG'] === '1';

for (const [what, [words, env]] of Object.entries(STARTS)) {
  test(`a start without a layer that ${what} is refused`, {
    skip: what === 'asks for nothing' && !LONG ? 'runs with --long' : false,
  }, async (t) => {
    const { child, said, exited } = launch(await makeAgentFolder(t, { env }), without(...words));
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await exited;
    clearTimeout(late);
    assert.equal(child.exitCode, 1, said());
    assert.match(
      said(),
      /"code":"(sandbox_unavailable|configuration)"|sandbox_unavailable|configuration/,
    );
  });
}

const DOCUMENTS = { 'a.md': 'A text about locks.\n' };

/** All that a client reads of one task of this mode. */
const toldOf = async (agent: Agent, mode: string): Promise<readonly JsonObject[]> => {
  const submitted = await agent.submit('summarize user_docs/a.md', {
    mode,
    workspace: ['user_docs'],
  });
  const id = String(submitted['task_id']);
  const task = await agent.until(id, isOver);
  assert.equal(task['status'], 'completed', JSON.stringify(task));
  const stepId = String(step(task, 'summarize')['step_id']);
  const { body } = await agent.get(`/v1/task/${id}/steps/${stepId}/result`);
  return [submitted, task, body, (await agent.get('/health')).body];
};

test('a weak start is told in every answer, by /health and by the log, in the sensitive mode too', async (t) => {
  const folder = await makeAgentFolder(t, { documents: DOCUMENTS, env: { SECAI_DEV_MODE: '1' } });
  const agent = await startAgentIn(t, folder, without('--allow-weak-sandbox'));
  for (const mode of ['standard', 'sensitive']) {
    for (const told of await toldOf(agent, mode)) assert.equal(told['sandbox'], 'weak', mode);
  }
  const [record] = (await agent.audit()).filter(({ event }) => event === 'weak_sandbox');
  assert.match(JSON.stringify(record), /landlock/);
  assert.match(agent.said(), /WEAK SANDBOX/);
  await agent.assertChainValid();
});

test('a whole start says that it is enforced, and no answer says weak', async (t) => {
  const folder = await makeAgentFolder(t, { documents: DOCUMENTS });
  const agent = await startAgentIn(t, folder);
  const told = await toldOf(agent, 'standard');
  assert.equal(told.at(-1)?.['sandbox'], 'enforced');
  assert.doesNotMatch(JSON.stringify([told, await agent.audit()]), /weak/);
});
