import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signGrant, verifyGrant } from '../../core/broker/grant/grant-token.ts';
import type { Grant, SignedGrant } from '../../core/vocabulary/grant.ts';
import { BINDING, GRANT, KEY } from '../broker/grant/example-grant.ts';

// Attack 120: a grant that comes back from the store or from memory says more than what was signed.
// No plugin ever sees a grant. That a refused step is audited and the next task runs is asserted where
// steps are executed.

const SIGNED = signGrant(GRANT, KEY);

const EDITS: Readonly<Record<keyof Grant, readonly unknown[]>> = {
  token_id: ['ffffffffffffffff'],
  task_id: ['ffffffffffffffff'],
  intent_hash: ['f'.repeat(64)],
  policy_digest: ['f'.repeat(64)],
  nonce: ['f'.repeat(32), ''],
  issued_at: [GRANT.issued_at + 1, `${GRANT.issued_at}`],
  expires_at: [GRANT.expires_at + 1, 1e15, Number.MAX_SAFE_INTEGER],
  session_mode: ['online_assisted', 'sensitive'],
  allow_online: [true, 'false'],
  sensitivity_ceiling: ['high', 'low'],
  readable_paths: [[...GRANT.readable_paths, '/etc'], ['/'], [], GRANT.readable_paths[0]],
  writable_paths: [[...GRANT.writable_paths, '/etc'], GRANT.readable_paths],
  allowed_tools: [[...GRANT.allowed_tools, 'shell'], ['*']],
  preferences: [{ read_file: 'always', write_file: 'always' }, {}],
  budget_limits: [{ ...GRANT.budget_limits, max_steps: 1_000 }],
};

for (const [claim, values] of Object.entries(EDITS)) {
  test(`a grant whose \`${claim}\` was edited is refused`, () => {
    for (const value of values) {
      const grant = { ...GRANT, [claim]: value } as Grant;
      // The bindings follow the edit, so that only the signature stands against it.
      const verdict = verifyGrant({ grant, signature: SIGNED.signature }, KEY, {
        taskId: grant.task_id,
        intentHash: grant.intent_hash,
        policyDigest: grant.policy_digest,
        budgets: grant.budget_limits,
        now: BINDING.now,
      });
      assert.deepEqual(verdict, { ok: false, reason: 'signature mismatch' });
    }
  });
}

test('a grant with a claim removed or added is refused', () => {
  const { nonce: _, ...less } = GRANT;
  for (const grant of [less, { ...GRANT, alg: 'none' }, { ...GRANT, admin: true }]) {
    const signed = { grant, signature: SIGNED.signature } as SignedGrant;
    const verdict = verifyGrant(signed, KEY, BINDING);
    assert.deepEqual(verdict, { ok: false, reason: 'signature mismatch' });
  }
});

test('an algorithm that the token names itself is not looked at', () => {
  for (const alg of ['none', 'HS256', 'sha256', '']) {
    const signed = { ...SIGNED, alg, algorithm: alg, signature: '' };
    assert.deepEqual(verifyGrant(signed, KEY, BINDING), { ok: false, reason: 'token not signed' });
  }
});
