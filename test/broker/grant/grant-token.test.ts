import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveKey } from '../../../core/broker/grant/derive-key.ts';
import {
  type GrantBinding,
  signGrant,
  verifyGrant,
} from '../../../core/broker/grant/grant-token.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import type { SignedGrant } from '../../../core/vocabulary/grant.ts';
import type { TaskId } from '../../../core/vocabulary/ids.ts';
import { BINDING, GRANT, KEY } from './example-grant.ts';

const SIGNED = signGrant(GRANT, KEY);

const fault = (signed: unknown, changes: Partial<GrantBinding> = {}): string => {
  const verdict = verifyGrant(signed as SignedGrant, KEY, { ...BINDING, ...changes });
  return verdict.ok ? 'none' : verdict.reason;
};

test('verifyGrant accepts a grant that it signed, also after a way through JSON', () => {
  assert.equal(fault(SIGNED), 'none');
  assert.equal(fault(JSON.parse(JSON.stringify(SIGNED))), 'none');
  const reordered = Object.fromEntries(Object.entries(GRANT).reverse());
  assert.equal(fault({ grant: reordered, signature: SIGNED.signature }), 'none');
});

test('verifyGrant names an expired grant before all else, and takes its last second', () => {
  assert.equal(fault(SIGNED, { now: GRANT.expires_at }), 'none');
  assert.equal(fault(SIGNED, { now: GRANT.expires_at + 0.001 }), 'token expired');
  assert.equal(
    fault({ grant: GRANT, signature: '' }, { now: GRANT.expires_at + 1 }),
    'token expired',
  );
  assert.equal(fault(SIGNED, { now: Number.NaN }), 'token expired');
});

test('verifyGrant names what is missing', () => {
  for (const nothing of [null, undefined, {}, { signature: SIGNED.signature }]) {
    assert.equal(fault(nothing), 'missing capability token');
  }
  assert.equal(fault({ grant: GRANT, signature: '' }), 'token not signed');
  assert.equal(fault({ grant: GRANT }), 'token not signed');
});

test('verifyGrant refuses another key, another purpose of the key and a cut signature', () => {
  const root = Buffer.alloc(32, 'root key of a test');
  const signatures = [
    signGrant(GRANT, deriveKey(Buffer.alloc(32, 'another'), 'grant')).signature,
    // @ts-expect-error: the types forbid a key of another purpose
    signGrant(GRANT, deriveKey(root, 'seal')).signature,
    SIGNED.signature.slice(0, -1),
    SIGNED.signature.toUpperCase(),
    'none',
    true,
  ];
  for (const signature of signatures) {
    assert.equal(fault({ grant: GRANT, signature }), 'signature mismatch');
  }
});

test('verifyGrant binds the grant to its task, intent, policy and budgets', () => {
  const other = sha256('other');
  assert.equal(
    fault(SIGNED, { taskId: 'fedcba9876543210' as TaskId }),
    'capability task binding mismatch',
  );
  assert.equal(fault(SIGNED, { intentHash: other }), 'capability intent binding mismatch');
  assert.equal(fault(SIGNED, { policyDigest: other }), 'capability policy binding mismatch');
  const budgets = { ...BINDING.budgets, max_steps: BINDING.budgets.max_steps + 1 };
  assert.equal(fault(SIGNED, { budgets }), 'capability budget binding mismatch');
});

test('verifyGrant answers also where a grant has no canonical form', () => {
  for (const issued_at of [Number.NaN, Number.POSITIVE_INFINITY, 1e20, -0]) {
    assert.equal(fault({ grant: { ...GRANT, issued_at }, signature: 'x' }), 'signature mismatch');
  }
});
