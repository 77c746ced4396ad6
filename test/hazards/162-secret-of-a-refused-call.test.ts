import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeEmbeddedFirewall } from '../../core/broker/gateway/firewall/embedded-firewall.ts';
import type { FirewallRecord } from '../../core/broker/gateway/firewall/firewall-engine.ts';
import { makeNameFactsPowers } from '../../core/broker/main/powers/name-facts.ts';
import type { FirewallPolicy } from '../../core/vocabulary/firewall-policy.ts';
import { policyFor } from '../harness/external-firewall.ts';

// Attack 162, through the log of the tool firewall. What is secret the tool's policy says (`redact`, from `x-redact`);
// a tool that the policy does not list, because it is withheld, denied or of yesterday, says nothing of it.

const SECRET = 'S3CR3T-f00d';
const policy: FirewallPolicy = {
  ...policyFor(),
  allow: [{ name: 'vault.open', args: [{ name: 'phrase', type: 'string', redact: true }] }],
  deny: [{ name: 'vault.denied' }],
};

const recordsOf = async (tool: string, params: Record<string, string | string[]>) => {
  const records: FirewallRecord[] = [];
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => 0,
    record: async (record) => {
      records.push(record);
    },
    showPaths: true,
  });
  await firewall.load(policy);
  await firewall.evaluate({ tool, params }, AbortSignal.timeout(30_000));
  assert.equal(records.length, 1);
  return JSON.stringify(records);
};

test('a call of a tool that the policy does not list leaves no argument in the log', async () => {
  for (const tool of ['vault.withheld', 'vault.denied', 'Vault.open']) {
    const text = await recordsOf(tool, { phrase: SECRET, words: ['a', SECRET] });
    assert.ok(!text.includes(SECRET), text);
    assert.ok(text.includes('phrase'), 'the name and the length are told');
  }
});

test('an argument that the policy of its tool does not declare leaves no value in the log', async () => {
  const text = await recordsOf('vault.open', { phrase: SECRET, pass_phrase: SECRET });
  assert.ok(!text.includes(SECRET), text);
});
