import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { checkManifest } from '../../core/broker/catalog/manifest/check-manifest.ts';
import { openCaller } from '../harness/calling-step.ts';
import { sampleText } from '../harness/sample-manifest.ts';
import type { AttackRow } from './attacks/attack-row.ts';
import { FIREWALL_ROWS } from './attacks/firewall-rows.ts';
import { invocationRows, SMUGGLED } from './attacks/invocation-rows.ts';
import { MANIFEST_ROWS } from './attacks/manifest-rows.ts';
import { PACKAGE_ROWS } from './attacks/package-rows.ts';

const caller = await openCaller(
  { after },
  { documents: { 'a.md': SMUGGLED }, granted: ['filesystem.read'] },
);

const ROWS: readonly AttackRow[] = [
  ...MANIFEST_ROWS,
  ...PACKAGE_ROWS,
  ...FIREWALL_ROWS,
  ...invocationRows(caller),
];

for (const { attack, what, prove } of ROWS) {
  test(`manifest.attacks: attack ${attack}, ${what}, is refused`, prove);
}

test('manifest.attacks: the manifest that the attacks start from is good', () => {
  assert.ok(checkManifest(sampleText(), 'manifest.json').ok);
});

test('manifest.attacks: every attack on manifests, packages and the tool firewall is tried', () => {
  const numbers = (first: number, last: number): readonly number[] =>
    Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const asked = [...numbers(132, 147), ...numbers(150, 154), 216, 217];
  const tried = new Set(ROWS.map(({ attack }) => attack));
  assert.deepEqual(
    [...tried].sort((a, b) => a - b),
    asked,
  );
});
