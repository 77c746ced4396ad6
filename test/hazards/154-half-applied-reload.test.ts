import assert from 'node:assert/strict';
import test from 'node:test';
import { makeEmbeddedFirewall } from '../../core/broker/gateway/firewall/embedded-firewall.ts';
import type { NameFacts } from '../../core/broker/gateway/firewall/paths/resolve-path.ts';
import { makeFirewallPair, policyFor } from '../harness/external-firewall.ts';

// At the firewall. That a refused step runs nothing and the next task runs is asserted at the daemon.
test('attack 154: no call passes the peer while a policy is being loaded, nor one that was asked before', async (t) => {
  const { peer, firewall, ask } = await makeFirewallPair(t);
  await firewall.load(policyFor('a'));
  assert.deepEqual(await ask('a'), { allowed: true });

  peer.behave('/v1/reload', { kind: 'silent' });
  peer.behave('/v1/evaluate', { kind: 'silent' });
  const underWay = peer.nextRequest('/v1/evaluate');
  const before = ask('a');
  await underWay;
  const reloading = peer.nextRequest('/v1/reload');
  const loading = firewall.load(policyFor());
  await reloading;
  const asked = peer.calls.length;
  assert.deepEqual(await ask('a'), {
    allowed: false,
    code: 'firewall_unavailable',
    reason: 'a policy is being loaded',
  });
  assert.equal(peer.calls.length, asked, 'nobody is asked in between');
  assert.equal(firewall.status().ready, false);

  // The peer goes away in the middle: neither policy can be relied on, so nothing passes.
  await peer.stop();
  await assert.rejects(loading, /did not load the policy: .*no call passes until one is loaded/);
  assert.equal((await before).allowed, false);
  await peer.start();
  peer.behave('/v1/evaluate', { kind: 'as_the_contract' });
  const after = await ask('a');
  assert.ok(!after.allowed && after.code === 'firewall_unavailable');

  // Loaded again, whole: from now on it holds.
  peer.behave('/v1/reload', { kind: 'as_the_contract' });
  await firewall.load(policyFor('b'));
  assert.deepEqual(await ask('b'), { allowed: true });
  assert.equal((await ask('a')).allowed, false);
});

test('attack 154: a yes that was asked for under one policy does not pass under the next', async (t) => {
  const { peer, firewall, ask } = await makeFirewallPair(t);
  await firewall.load(policyFor('a'));
  peer.behave('/v1/evaluate', { kind: 'held', body: '{"allowed":true}\n' });
  const underWay = peer.nextRequest('/v1/evaluate');
  const asked = ask('a');
  await underWay;
  await firewall.load(policyFor());
  peer.release();
  assert.deepEqual(await asked, {
    allowed: false,
    code: 'firewall_unavailable',
    reason: 'the policy changed during the call',
  });
});

test('attack 154: the embedded firewall gives no yes of a policy that went out of force meanwhile', async () => {
  const looking = Promise.withResolvers<void>();
  const found = Promise.withResolvers<NameFacts>();
  const firewall = makeEmbeddedFirewall({
    look: () => {
      looking.resolve();
      return found.promise;
    },
    elapsed: () => 0,
    record: async () => {},
    showPaths: false,
  });
  const allow = [{ name: 'a', args: [{ name: 'path', type: 'string' } as const] }];
  await firewall.load({ ...policyFor(), allow });
  const call = { tool: 'a', params: { path: '/x' } };
  const asked = firewall.evaluate(call, AbortSignal.timeout(10_000));
  await looking.promise;
  await firewall.load(policyFor());
  found.resolve({ kind: 'other' });
  const verdict = await asked;
  assert.ok(!verdict.allowed && verdict.code === 'firewall_unavailable');
});
