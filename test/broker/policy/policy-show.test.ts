import assert from 'node:assert/strict';
import { test } from 'node:test';
import { policyShow } from '../../../core/broker/policy/policy-show.ts';
import { canonicalJson } from '../../../core/vocabulary/canonical.ts';
import { RULES } from '../../../core/vocabulary/decision.ts';
import { shipped } from './example-request.ts';

test('policyShow lists every rule once, in the order of the vocabulary, each in words', () => {
  const { rules } = policyShow(shipped);
  assert.ok(Array.isArray(rules));
  assert.deepEqual(
    rules.map(({ rule }) => rule),
    [...RULES],
  );
  for (const { says } of rules) assert.match(String(says), /^[a-z].* .*[^.]$/);
});

test('policyShow states defaults and floors beside what the file says', () => {
  const shown = policyShow(shipped);
  const { floors } = shown;
  assert.deepEqual(floors, {
    always_deny: ['change_security'],
    hard_approval: [
      'outbound_request',
      'export_data',
      'trust_change',
      'batch_delete',
      'widen_scope',
      'enable_tool',
    ],
  });
  const text = canonicalJson(shown);
  assert.match(text, /"sensitive":\{"approval_ttl_seconds":120,"online":false/);
  assert.match(text, /"digest":"[0-9a-f]{64}"/);
});
