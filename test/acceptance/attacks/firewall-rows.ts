import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { makeEmbeddedFirewall } from '../../../core/broker/gateway/firewall/embedded-firewall.ts';
import type {
  FirewallGateway,
  FirewallVerdict,
} from '../../../core/broker/gateway/firewall/firewall-gateway.ts';
import { makeNameFactsPowers } from '../../../core/broker/main/powers/name-facts.ts';
import type { FirewallPolicy } from '../../../core/vocabulary/firewall-policy.ts';
import type { JsonObject } from '../../../core/vocabulary/json.ts';
import { makeStoreBench, reader, WHO } from '../../broker/catalog/store/store-bench.ts';
import { makeFirewallPair, policyFor } from '../../harness/external-firewall.ts';
import type { AttackRow } from './attack-row.ts';

type Code = Extract<FirewallVerdict, { allowed: false }>['code'];

const POLICY: FirewallPolicy = {
  ...policyFor(),
  rate_limit: { requests_per_minute: 60, burst_size: 4 },
  allow: [{ name: 'text.count', args: [{ name: 'words', type: 'string', max_length: 8 }] }],
};

const embedded = async (): Promise<FirewallGateway> => {
  const firewall = makeEmbeddedFirewall({
    look: makeNameFactsPowers(),
    elapsed: () => 0,
    record: async () => {},
    showPaths: false,
  });
  await firewall.load(POLICY);
  return firewall;
};

const ask = (
  firewall: Pick<FirewallGateway, 'evaluate'>,
  tool: string,
  params: JsonObject,
): Promise<FirewallVerdict> => firewall.evaluate({ tool, params }, AbortSignal.timeout(10_000));

const denied = (verdict: FirewallVerdict, code: Code, reason: RegExp): void => {
  assert.ok(!verdict.allowed, 'allowed');
  assert.equal(verdict.code, code);
  assert.match(verdict.reason, reason);
};

/** A call that the embedded firewall denies, and after it the right one, which it allows. */
const call = (
  attack: number,
  what: string,
  [tool, params]: readonly [tool: string, params: JsonObject],
  reason: RegExp,
): AttackRow => ({
  attack,
  what,
  prove: async () => {
    const firewall = await embedded();
    denied(await ask(firewall, tool, params), 'firewall_denied', reason);
    assert.deepEqual(await ask(firewall, 'text.count', { words: 'a b' }), { allowed: true });
  },
});

const inParallel = async (): Promise<void> => {
  const firewall = await embedded();
  const verdicts = await Promise.all(
    Array.from({ length: 40 }, () => ask(firewall, 'text.count', {})),
  );
  const refused = verdicts.filter(({ allowed }) => !allowed);
  assert.equal(verdicts.length - refused.length, 4);
  for (const verdict of refused) denied(verdict, 'firewall_denied', /^rate limit exceeded$/);
};

const betweenPolicies = async (t: TestContext): Promise<void> => {
  const { peer, firewall, ask: askPeer } = await makeFirewallPair(t);
  await firewall.load(policyFor('a.b'));
  peer.behave('/v1/reload', { kind: 'held', body: '{"status":"reloaded"}\n' });
  const reloading = peer.nextRequest('/v1/reload');
  const loading = firewall.load(policyFor('a.b', 'c.d'));
  await reloading;
  denied(await askPeer('a.b'), 'firewall_unavailable', /^a policy is being loaded$/);
  peer.release();
  await loading;
  assert.deepEqual(await askPeer('c.d'), { allowed: true });
};

const reloadRefused = async (t: TestContext): Promise<void> => {
  const { peer, firewall, ask: askPeer } = await makeFirewallPair(t);
  await firewall.load(policyFor('a.b'));
  peer.behaveOnce('/v1/reload', { kind: 'answer', status: 202, body: '{"status":"reloaded"}' });
  await assert.rejects(firewall.load(policyFor('c.d')), { code: 'firewall_unavailable' });
  assert.deepEqual(await askPeer('a.b'), { allowed: true });
  denied(await askPeer('c.d'), 'firewall_denied', /./);
};

// A plugin whose tools the firewall did not load is not enabled, whatever it was asked to acknowledge.
const enabledTooEarly = async (t: TestContext): Promise<void> => {
  const bench = await makeStoreBench(t);
  const store = await bench.open();
  const firewall = await embedded();
  store.onEnabledChange((tools) =>
    firewall.load({
      ...POLICY,
      allow: tools.map(({ entry }) => ({
        name: entry,
        args: [{ name: 'path', type: 'string', pattern: '(?=x)' }],
      })),
    }),
  );
  await store.install({ files: bench.workshop.make(reader('1.0.0')), verdicts: [] }, WHO);
  await assert.rejects(store.enable({ id: 'reader', version: null, approve: null }, WHO), {
    code: 'firewall_unavailable',
  });
  assert.equal(store.catalog.tool('files.first_line').kind, 'not_enabled');
  assert.deepEqual(await ask(firewall, 'text.count', {}), { allowed: true });
};

/** Attacks on the tool firewall, each denied with its code. */
export const FIREWALL_ROWS: readonly AttackRow[] = [
  call(150, 'another case', ['Text.count', {}], /^tool not in allowlist$/),
  call(150, 'a space at the end', ['text.count ', {}], /^invalid tool name$/),
  call(150, 'a letter of another script', ['t\u0435xt.count', {}], /^tool not in allowlist$/),
  call(150, 'a prefix', ['mcp.text.count', {}], /^tool not in allowlist$/),
  call(151, 'a field that nobody declared', ['text.count', { more: 1 }], /not declared/),
  call(151, 'a list for a text', ['text.count', { words: ['a'] }], /JSON type string/),
  call(151, 'a longer text', ['text.count', { words: 'nine char' }], /max_length 8/),
  { attack: 153, what: 'forty calls at once at the edge of the rate', prove: inParallel },
  { attack: 154, what: 'a call while a policy is being loaded', prove: betweenPolicies },
  { attack: 216, what: 'a reload that is not confirmed', prove: reloadRefused },
  { attack: 216, what: 'a plugin whose tools the firewall does not load', prove: enabledTooEarly },
];
