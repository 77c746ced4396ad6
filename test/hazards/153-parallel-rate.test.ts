import assert from 'node:assert/strict';
import test from 'node:test';
import { makeEmbeddedFirewall } from '../../core/broker/gateway/firewall/embedded-firewall.ts';
import { makeNameFactsPowers } from '../../core/broker/main/powers/name-facts.ts';
import type { FirewallPolicy } from '../../core/vocabulary/firewall-policy.ts';
import { policyFor } from '../harness/external-firewall.ts';

const BURST = 5;
const CALLS = 200;

// The firewall's own counter. The budget of a task's tool calls is asserted where it is kept, with the task.
test('attack 153: calls at once at the edge of the rate get no more than it holds', async () => {
  let now = 0;
  const firewall = makeEmbeddedFirewall({
    // Real lookups, so that the calls interleave.
    look: makeNameFactsPowers(),
    elapsed: () => now,
    record: () => new Promise((resolve) => setImmediate(resolve)),
    showPaths: false,
  });
  const policy: FirewallPolicy = {
    ...policyFor(),
    rate_limit: { requests_per_minute: 60, burst_size: BURST },
    allow: [{ name: 'a', args: [{ name: 'path', type: 'string' }] }],
  };
  await firewall.load(policy);
  const storm = async (tool: string): Promise<Map<string, number>> => {
    const counts = new Map<string, number>();
    const signal = AbortSignal.timeout(30_000);
    const verdicts = await Promise.all(
      Array.from({ length: CALLS }, () =>
        firewall.evaluate({ tool, params: { path: '/usr/bin/env' } }, signal),
      ),
    );
    for (const verdict of verdicts) {
      const answer = verdict.allowed ? 'allowed' : verdict.reason;
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
    }
    return counts;
  };

  const full = new Map([
    ['allowed', BURST],
    ['rate limit exceeded', CALLS - BURST],
  ]);
  assert.deepEqual(await storm('a'), full);
  assert.deepEqual(await storm('a'), new Map([['rate limit exceeded', CALLS]]));
  now += 2_000;
  assert.equal((await storm('a')).get('allowed'), 2, 'one token a second');
  // A name that cannot be one costs nothing; an unknown tool costs a token like any other.
  now += 60_000;
  await storm(' a');
  assert.deepEqual(await storm('a'), full);
  now += 60_000;
  await storm('unknown');
  assert.deepEqual(await storm('a'), new Map([['rate limit exceeded', CALLS]]));
  // A policy that states the same rate fills no bucket anew.
  await firewall.load(policy);
  assert.deepEqual(await storm('a'), new Map([['rate limit exceeded', CALLS]]));
});
