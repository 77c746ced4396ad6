import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TRUST_STATES } from '../../../../core/broker/catalog/catalog.ts';
import { TRUST_VERBS, transition } from '../../../../core/broker/catalog/store/trust-transition.ts';

test('every verb in every state has the one answer of the table, and nothing leaves `revoked`', () => {
  const table = [
    // vet, approve, enable, replace, suspend, revoke
    ['quarantined', 'vetted', 'vetted', '-', '-', '-', 'revoked'],
    ['vetted', '-', '-', 'enabled', '-', '-', 'revoked'],
    ['enabled', '-', '-', '-', 'vetted', 'suspended', 'revoked'],
    ['suspended', '-', '-', 'enabled', '-', '-', 'revoked'],
    ['revoked', '-', '-', '-', '-', '-', '-'],
  ];
  assert.deepEqual(
    TRUST_STATES.map((state) => [
      state,
      ...TRUST_VERBS.map((verb) => transition(state, verb) ?? '-'),
    ]),
    table,
  );
});
