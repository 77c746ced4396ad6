import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { makeEmbeddedFirewall } from '../../core/broker/gateway/firewall/embedded-firewall.ts';
import { makeNameFactsPowers } from '../../core/broker/main/powers/name-facts.ts';
import { makePolicyFilePowers } from '../../core/broker/main/powers/policy-file.ts';
import { AgentError } from '../../core/vocabulary/errors.ts';
import { makeFirewallPair, policyFor } from '../harness/external-firewall.ts';
import type { Manner } from '../harness/strict-firewall.ts';

const isRefusal = (pattern: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AgentError && error.code === 'firewall_unavailable');
  assert.match(error.message, pattern);
  return true;
};

const REFUSALS: readonly (readonly [string, Manner])[] = [
  ['500', { kind: 'answer', status: 500, body: '{"error":"bad"}' }],
  ['200 without its word', { kind: 'answer', status: 200, body: '{"status":"ok"}' }],
  ['202', { kind: 'answer', status: 202, body: '{"status":"reloaded"}' }],
  ['half of its word', { kind: 'half', body: '{"status":"reloaded"}' }],
];

test('attack 216: a policy is acknowledged once the peer has loaded it, and never before', async (t) => {
  const { peer, firewall } = await makeFirewallPair(t);
  peer.behave('/v1/reload', { kind: 'held', body: '{"status":"reloaded"}\n' });
  const underWay = peer.nextRequest('/v1/reload');
  let acknowledged = false;
  const loading = firewall.load(policyFor('a')).then(() => {
    acknowledged = true;
  });
  await underWay;
  assert.equal(acknowledged, false);
  assert.equal(firewall.status().ready, false);
  peer.release();
  await loading;
  assert.equal(firewall.status().ready, true);
});

for (const [name, manner] of REFUSALS) {
  test(`attack 216: where a reload answers ${name}, the old policy stays whole and later ones load`, async (t) => {
    const { peer, firewall, policyPath, ask } = await makeFirewallPair(t);
    await firewall.load(policyFor('a'));
    const old = await readFile(policyPath, 'utf8');

    peer.behaveOnce('/v1/reload', manner);
    await assert.rejects(
      firewall.load(policyFor('b')),
      isRefusal(/did not load the policy: .*; the one before it is in force/),
    );
    assert.equal(await readFile(policyPath, 'utf8'), old);
    assert.equal(peer.reloads.at(-1), old, 'the peer has loaded the old one again');
    assert.deepEqual(await ask('a'), { allowed: true });
    assert.equal((await ask('b')).allowed, false);

    await firewall.load(policyFor('b'));
    assert.deepEqual(await ask('b'), { allowed: true });
  });
}

test('attack 216: a policy file that cannot be written leaves the old policy in force', async (t) => {
  const real = makePolicyFilePowers();
  let full = false;
  const { firewall, ask } = await makeFirewallPair(t, {
    policyFile: {
      ...real,
      replace: async (path, bytes) => {
        if (full) throw new Error('ENOSPC');
        await real.replace(path, bytes);
      },
    },
  });
  await firewall.load(policyFor('a'));
  full = true;
  await assert.rejects(
    firewall.load(policyFor('b')),
    isRefusal(/cannot be written; the one before it is in force/),
  );
  assert.deepEqual(await ask('a'), { allowed: true });
  assert.equal((await ask('b')).allowed, false);
});

test('attack 216: the embedded firewall keeps its old policy where a new one is refused', async () => {
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => performance.now(),
    record: async () => {},
    showPaths: false,
  });
  await firewall.load(policyFor('a'));
  const half = { name: 'b', args: [{ name: 'x', type: 'string', pattern: '(?=b)' } as const] };
  await assert.rejects(
    firewall.load({ ...policyFor(), allow: [half] }),
    isRefusal(/the one before it stays in force/),
  );
  const ask = (tool: string) =>
    firewall.evaluate({ tool, params: {} }, AbortSignal.timeout(10_000));
  assert.deepEqual(await ask('a'), { allowed: true });
  assert.equal((await ask('b')).allowed, false);
  await firewall.load(policyFor('b'));
  assert.deepEqual(await ask('b'), { allowed: true });
});
