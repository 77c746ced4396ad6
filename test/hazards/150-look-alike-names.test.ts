import assert from 'node:assert/strict';
import test from 'node:test';
import { makeEmbeddedFirewall } from '../../core/broker/gateway/firewall/embedded-firewall.ts';
import type { FirewallRecord } from '../../core/broker/gateway/firewall/firewall-engine.ts';
import { makeNameFactsPowers } from '../../core/broker/main/powers/name-facts.ts';
import { policyFor } from '../harness/external-firewall.ts';

// At the firewall: what it is asked under another name it denies, and writes down. That nothing ran, and that
// the next task runs, is asserted at the daemon, where tools run.
const NAMES = [
  'Filesystem.read',
  'FILESYSTEM.READ',
  'filesystem.read ',
  ' filesystem.read',
  'filesystem.read\n',
  'filesystem.read\u0000',
  'fi\u200blesystem.read',
  'filesystem\uff0eread',
  'filesystem\u2024read',
  'f\u0456lesystem.read',
  '\ufb01lesystem.read',
  'plugin:filesystem.read',
  'filesystem/read',
  'filesystem..read',
  'filesystem.read.',
  'filesystem.rea',
  '__proto__',
  'constructor',
  '',
];

test('attack 150: a tool is called by its exact id and by nothing that looks like it', async () => {
  const records: FirewallRecord[] = [];
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => performance.now(),
    record: async (record) => {
      records.push(record);
    },
    showPaths: false,
  });
  await firewall.load({
    ...policyFor('filesystem.read'),
    rate_limit: { requests_per_minute: 60, burst_size: 100 },
  });
  for (const tool of NAMES) {
    const verdict = await firewall.evaluate({ tool, params: {} }, AbortSignal.timeout(10_000));
    assert.ok(!verdict.allowed, JSON.stringify(tool));
    assert.equal(verdict.code, 'firewall_denied');
    assert.match(verdict.reason, /^tool not in allowlist$|^invalid tool name$/);
  }
  assert.deepEqual(
    records.map(({ tool, allowed }) => [tool, allowed]),
    NAMES.map((tool) => [tool, false]),
  );
  const exact = { tool: 'filesystem.read', params: {} };
  assert.deepEqual(await firewall.evaluate(exact, AbortSignal.timeout(10_000)), { allowed: true });
});
