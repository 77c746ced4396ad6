import assert from 'node:assert/strict';
import { readFile, stat, writeFile } from 'node:fs/promises';
import test from 'node:test';
import { AgentError } from '../../core/vocabulary/errors.ts';
import { makeFirewallPair, policyFor } from '../harness/external-firewall.ts';
import type { Manner } from '../harness/strict-firewall.ts';

const json = (status: number, body: string): Manner => ({ kind: 'answer', status, body });

const NOT_A_YES: readonly (readonly [string, Manner, RegExp])[] = [
  ['503', json(503, '{"error":"audit service unavailable"}'), /cannot decide now/],
  ['503 that says allowed', json(503, '{"allowed":true}'), /cannot decide|status 503/],
  ['500', json(500, '{"error":"x"}'), /status 500/],
  ['a redirect', json(302, '{"allowed":true}'), /status 302/],
  ['no JSON', json(200, 'allowed: true'), /no verdict/],
  [
    'another type',
    { ...json(200, '{"allowed":true}'), type: 'text/plain' } as Manner,
    /no verdict/,
  ],
  ['a string', json(200, '{"allowed":"true"}'), /no verdict/],
  ['a number', json(200, '{"allowed":1}'), /no verdict/],
  ['nothing', json(200, ''), /no verdict/],
  ['null', json(200, 'null'), /no verdict/],
  ['a list', json(200, '[{"allowed":true}]'), /no verdict/],
  ['two opinions', json(200, '{"allowed":false,"reason":"x","allowed":true}'), /no verdict/],
  ['another key', json(200, '{"allowed":true,"except":"files"}'), /no verdict/],
  ['a yes with a reason', json(200, '{"allowed":true,"reason":"rate"}'), /no verdict/],
  ['more after it', json(200, '{"allowed":true}{}'), /no verdict/],
  ['half of it', { kind: 'half', body: '{"allowed":true}' }, /cut off/],
  ['too much', json(200, `{"allowed":true}${' '.repeat(70_000)}`), /too large/],
];

test('firewall.external: allowed only when the peer says `allowed: true`', async (t) => {
  const { peer, firewall, ask } = await makeFirewallPair(t);
  assert.deepEqual(await ask('a'), {
    allowed: false,
    code: 'firewall_unavailable',
    reason: 'no policy is loaded yet',
  });
  assert.equal(peer.calls.length, 0, 'nobody is asked before a policy is in force');

  await firewall.load(policyFor('a'));
  await t.test('up: its yes and its no are passed on', async () => {
    assert.deepEqual(await ask('a'), { allowed: true });
    assert.deepEqual(await ask('b'), {
      allowed: false,
      code: 'firewall_denied',
      reason: 'tool not in allowlist',
    });
    assert.deepEqual(peer.faults, []);
    assert.equal(peer.calls[0], '{"tool":"a","params":{}}');
  });

  for (const [name, manner, reason] of NOT_A_YES) {
    await t.test(`${name} is no yes`, async () => {
      peer.behave('/v1/evaluate', manner);
      const verdict = await ask('a');
      assert.ok(!verdict.allowed && verdict.code === 'firewall_unavailable');
      assert.match(verdict.reason, reason);
    });
  }

  await t.test('a denial in another status is a denial, with its reason made visible', async () => {
    peer.behave('/v1/evaluate', json(403, '{"allowed":false,"reason":"no\\u001b[31m"}'));
    assert.deepEqual(await ask('a'), {
      allowed: false,
      code: 'firewall_denied',
      reason: 'no?[31m',
    });
  });

  await t.test('down: refused; up again: the policy of its file holds', async () => {
    peer.behave('/v1/evaluate', { kind: 'as_the_contract' });
    await peer.stop();
    const verdict = await ask('a');
    assert.ok(!verdict.allowed && verdict.code === 'firewall_unavailable');
    assert.match(verdict.reason, /cannot be reached \(ECONNREFUSED\)/);
    await peer.start();
    assert.deepEqual(await ask('a'), { allowed: true });
  });
});

test('firewall.external: a peer that does not answer in time is a refusal, and so is a call that was stopped', async (t) => {
  const { peer, firewall } = await makeFirewallPair(t, { timeoutMs: 300 });
  await firewall.load(policyFor('a'));
  peer.behave('/v1/evaluate', { kind: 'silent' });
  const call = { tool: 'a', params: {} };
  const slow = await firewall.evaluate(call, AbortSignal.timeout(20_000));
  assert.deepEqual(slow, {
    allowed: false,
    code: 'firewall_unavailable',
    reason: 'the tool firewall does not answer in time',
  });
  const stopped = await firewall.evaluate(call, AbortSignal.abort());
  assert.ok(!stopped.allowed);
  assert.equal(stopped.reason, 'the call was stopped');
});

test('firewall.external: another token than the peer’s is a refusal, and none is asked for none', async (t) => {
  const tokens: (string | undefined)[] = [];
  const { firewall, ask } = await makeFirewallPair(t, { token: () => tokens.shift() });
  tokens.push('a token of more than thirty-two bytes', 'another token, long enough to be one');
  await firewall.load(policyFor('a'));
  const wrong = await ask('a');
  assert.ok(!wrong.allowed && /refuses the token/.test(wrong.reason));
  const none = await ask('a');
  assert.ok(!none.allowed && /no usable token/.test(none.reason));
});

test('firewall.external: the policy file is replaced whole and for its owner alone, and another service’s is not', async (t) => {
  const { firewall, policyPath, peer } = await makeFirewallPair(t);
  await firewall.load(policyFor('a'));
  assert.equal((await stat(policyPath)).mode & 0o777, 0o600);
  assert.equal(peer.reloads[0], await readFile(policyPath, 'utf8'));
  const shared = 'version: 1\nairlock:\n  enabled: false\ntools:\n  default: deny\n';
  await writeFile(policyPath, shared);
  await assert.rejects(
    firewall.load(policyFor('b')),
    (error) => error instanceof AgentError && /own section/.test(error.message),
  );
  assert.equal(await readFile(policyPath, 'utf8'), shared);
});
