import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { accessOf, type Narrowing, narrowGrant } from '../../core/broker/grant/narrow-grant.ts';
import { isCovered } from '../../core/broker/grant/path-matcher.ts';
import { decide } from '../../core/broker/policy/decide.ts';
import {
  ACTIONS,
  CONFIGURABLE_ACTIONS,
  exceedsCeiling,
  LABELS,
  PREFERENCES,
} from '../../core/vocabulary/enums.ts';
import type { Grant } from '../../core/vocabulary/grant.ts';
import {
  DOCS,
  grantFor,
  OUTPUTS,
  requestFor,
  resourceAt,
  shipped,
} from '../broker/policy/example-request.ts';
import { runs } from '../harness/runs.ts';

// Attack 123: a narrower grant is asked for a wider one: the parent folder, another verb, a longer life,
// more bytes. A derivation only intersects, so there is no refusal to audit and no effect to undo.

const PARENT = grantFor({ preferences: { read_file: 'ask' } });

const child = (wish: unknown): Grant => narrowGrant(PARENT, wish as Narrowing);

test('a wish for the parent folder, the root or a neighbour widens no scope', () => {
  const wide = [
    '/',
    '/**',
    '*',
    '/var',
    '/var/lib/secure-ai/vault',
    `${DOCS}/..`,
    `${DOCS}2`,
    '/etc',
    '',
  ];
  const { readable_paths, writable_paths } = child({ readable_paths: wide, writable_paths: wide });
  for (const path of readable_paths) assert.ok(isCovered([DOCS], path));
  for (const path of writable_paths) assert.ok(isCovered([OUTPUTS], path));
  const outside = requestFor('summarize', [resourceAt('storage.read', '/etc', 'hosts')], {
    grant: child({ readable_paths: wide }),
  });
  assert.equal(decide(outside, shipped).rule, 'read_scope');
});

test('a wish for the other verb gains nothing: what may be read may not be written', () => {
  const grant = child({ writable_paths: [DOCS], readable_paths: [OUTPUTS] });
  assert.deepEqual([grant.writable_paths, grant.readable_paths], [[], []]);
});

test('a wish for a longer life, more bytes, a higher ceiling or more tools gains nothing', () => {
  const more = [
    Number.POSITIVE_INFINITY,
    Number.MAX_SAFE_INTEGER,
    Number.NaN,
    '9',
    undefined,
    null,
  ];
  for (const much of more) {
    const budget_limits = Object.fromEntries(
      Object.keys(PARENT.budget_limits).map((key) => [key, much]),
    );
    const grant = child({
      budget_limits,
      expires_at: much,
      sensitivity_ceiling: 'high',
      allow_online: true,
      allowed_tools: [...PARENT.allowed_tools, 'shell', '*'],
      preferences: { read_file: 'always', write_file: 'always' },
    });
    for (const [name, limit] of Object.entries(PARENT.budget_limits)) {
      const kept: unknown = Object.entries(grant.budget_limits).find(([key]) => key === name)?.[1];
      assert.ok(typeof kept === 'number' && kept <= limit, `${name} became ${String(kept)}`);
    }
    assert.equal(grant.expires_at, PARENT.expires_at);
    assert.equal(grant.sensitivity_ceiling, PARENT.sensitivity_ceiling);
    assert.equal(grant.allow_online, false);
    assert.deepEqual(grant.allowed_tools, PARENT.allowed_tools);
    assert.deepEqual(grant.preferences, { read_file: 'ask' });
  }
});

test('a wish for another identity, mode or binding is not even seen', () => {
  const wish = {
    session_mode: 'online_assisted',
    task_id: 'ffffffffffffffff',
    policy_digest: 'f'.repeat(64),
    intent_hash: 'f'.repeat(64),
    token_id: 'ffffffffffffffff',
  };
  assert.deepEqual(child(wish), PARENT);
});

const segment = fc.constantFrom('a', 'b', 'ab');
const path = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((parts) => `/${parts.join('/')}`);
const paths = fc.array(path, { maxLength: 4 });
const preferences = fc.record(
  Object.fromEntries(CONFIGURABLE_ACTIONS.map((name) => [name, fc.constantFrom(...PREFERENCES)])),
  { requiredKeys: [] },
);
const wish = fc.record(
  {
    readable_paths: paths,
    writable_paths: paths,
    allowed_tools: fc.subarray(['filesystem.read', 'filesystem.write', 'shell']),
    allow_online: fc.boolean(),
    sensitivity_ceiling: fc.constantFrom(...LABELS),
    expires_at: fc.integer({ min: 0, max: 2_000_000_000 }),
    preferences,
  },
  { requiredKeys: [] },
);

test('a chain of derivations never holds what one of its links did not', () => {
  const base = { ...PARENT, readable_paths: ['/a', '/b/a'], writable_paths: ['/ab'] };
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 4 }), path, (wishes, where) => {
      let held: Grant = base;
      for (const next of wishes) {
        const narrower = narrowGrant(held, next);
        const before = accessOf(held);
        const after = accessOf(narrower);
        if (isCovered(after.readable, where)) assert.ok(isCovered(before.readable, where));
        if (isCovered(after.writable, where)) assert.ok(isCovered(before.writable, where));
        const wanted = next.readable_paths;
        const both =
          isCovered(before.readable, where) && isCovered(wanted ?? before.readable, where);
        assert.equal(isCovered(after.readable, where), both);
        assert.ok(!exceedsCeiling(after.ceiling, before.ceiling));
        assert.ok(narrower.expires_at <= held.expires_at);
        held = narrower;
      }
    }),
    { numRuns: runs(300) },
  );
});

test('policy answers a derived grant never more freely than its parent', () => {
  const freedom = { allow: 2, ask: 1, deny: 0 };
  fc.assert(
    fc.property(wish, fc.constantFrom(...ACTIONS), (next, action) => {
      const resources = [
        resourceAt('storage.read', DOCS, 'a'),
        resourceAt('storage.create', OUTPUTS, 'b'),
      ];
      const asked = requestFor(action, resources, { tool: 'filesystem.read' });
      const derived = { ...asked, grant: narrowGrant(asked.grant, next) };
      const before = freedom[decide(asked, shipped).effect];
      assert.ok(freedom[decide(derived, shipped).effect] <= before);
    }),
    { numRuns: runs(300) },
  );
});
