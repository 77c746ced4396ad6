import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { chmod, rm } from 'node:fs/promises';
import { test } from 'node:test';
import { type Launched, launch } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';

/** An agent that does start is not waited for: it serves until it is told to stop. */
const endedOrListens = async ({ child, said, exited }: Launched): Promise<void> => {
  const listens = new Promise<void>((resolve) =>
    child.stdout?.on('data', () => {
      if (said().includes('the agent listens')) resolve();
    }),
  );
  await Promise.race([exited, listens]);
};

for (const variable of [
  'AGENT_UI_TOKEN_PATH',
  'AGENT_CONTAINMENT_TOKEN_PATH',
  'AGENT_SIGNING_KEY_PATH',
  'AUDIT_HMAC_KEY_PATH',
  'AGENT_POLICY_PATH',
]) {
  test(`auth.refuses_start: without the file of ${variable} nothing listens, and the file is named`, async (t) => {
    const folder = await makeAgentFolder(t);
    const file = folder.env[variable] ?? '';
    await rm(file);
    const launched = launch(folder);
    const { child, said } = launched;
    t.after(() => child.kill('SIGKILL'));
    await endedOrListens(launched);
    assert.notEqual(child.exitCode, 0);
    assert.notEqual(child.exitCode, null, 'it ended by itself');
    assert.ok(said().includes(variable), said());
    assert.ok(said().includes(file), said());
    assert.equal(existsSync(folder.socket), false);
  });
}

test('auth.refuses_start: a policy file that others may write is refused, and named', async (t) => {
  const folder = await makeAgentFolder(t);
  await chmod(folder.policyFile, 0o666);
  const launched = launch(folder);
  const { child, said } = launched;
  t.after(() => child.kill('SIGKILL'));
  await endedOrListens(launched);
  assert.notEqual(child.exitCode ?? 0, 0);
  assert.match(said(), /AGENT_POLICY_PATH.*others may write/);
  assert.equal(existsSync(folder.socket), false);
});
