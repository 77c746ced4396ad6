import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startAgent } from '../harness/agent.ts';
import { secaiAgent } from '../harness/cli.ts';

// A quarantined plugin in the list is asserted with the acceptance of the storm.

test('plugin list prints the catalog, and whether each plugin is active where an agent says so', async (t) => {
  const agent = await startAgent(t);
  const list = (...more: readonly string[]) =>
    secaiAgent(['plugin', 'list', '--socket', agent.folder.socket, ...more]);
  const running = await list();
  assert.equal(running.code, 0, running.err);
  assert.match(running.out, /^filesystem +standard +[0-9a-f]{12} +active +read_file, /m);
  assert.doesNotMatch(running.out, /agent not running/);
  const json: { agent: string; plugins: Record<string, unknown>[] } = JSON.parse(
    (await list('--json')).out,
  );
  assert.equal(json.agent, 'running');
  const writing = json.plugins.find(({ id }) => id === 'writing');
  assert.deepEqual([writing?.['profile'], writing?.['state']], ['standard', 'active']);
  assert.match(String(writing?.['digest']), /^[0-9a-f]{64}$/);
  await agent.stop();
  const alone = await list();
  assert.equal(alone.code, 0, alone.err);
  assert.match(alone.out, /^writing .* unknown .*summarize/m);
  assert.match(alone.out, /\nagent not running\n$/);
});
