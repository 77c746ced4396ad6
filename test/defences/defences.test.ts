import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { documentAt, section, tableRows } from '../architecture/documents.ts';
import { cleanEnvironment } from './clean-environment.ts';
import { parseDefence, readDefences } from './defence.ts';
import { defenceTable } from './table.ts';

const defences = readDefences();
const security = documentAt('SECURITY.md');

test('every patch applies to the program as it is', () => {
  assert.ok(defences.length > 60, `found ${defences.length} patches`);
  for (const { name, patchFile } of defences) {
    assert.doesNotThrow(
      () =>
        execFileSync('git', ['apply', '--check', patchFile], {
          cwd: PACKAGE_ROOT,
          env: cleanEnvironment(),
          stdio: 'pipe',
        }),
      `the defence of \`${name}\` moved: renew its patch`,
    );
  }
});

test('every patch takes its defence out of the program, not out of a test', () => {
  for (const { name, changes } of defences) {
    assert.ok(changes.length > 0, name);
    for (const file of changes) assert.match(file, /^(core|sandbox-profiles|schemas)\//, name);
  }
});

test('every patch names hazards that exist and invariants that SECURITY.md states', () => {
  const stated = tableRows(security, 'id', 'invariant').map((row) => row.get('id'));
  for (const { name, hazards, invariants } of defences) {
    assert.ok(hazards.length > 0, name);
    // The wall holds them all up, and its parts are named for themselves.
    assert.ok(invariants.length > 0 || /^(kernel|spawner|cell|broker)-/.test(name), name);
    for (const hazard of hazards) {
      assert.match(hazard, /^test\/.*\.test\.ts$/);
      assert.ok(existsSync(join(PACKAGE_ROOT, hazard)), `${name}: ${hazard}`);
    }
    for (const invariant of invariants)
      assert.ok(stated.includes(invariant), `${name}: ${invariant}`);
  }
});

test('SECURITY.md lists every defence with what fails without it', () => {
  const listed = section(security, '## Defences');
  const rows = (text: string) => tableRows(text, 'defence', 'holds').map((row) => [...row]);
  assert.deepEqual(
    rows(listed),
    rows(defenceTable()),
    'print it with: node dist/test/defences/table.js',
  );
});

test('a patch with a field that is missing, unknown or doubled is refused', () => {
  const whole = 'Defence: a\nInvariant: INV-1\nAttacks: none\nHazards: test/a.test.ts\n';
  assert.deepEqual(parseDefence('a.patch', whole).attacks, []);
  for (const [change, instead] of [
    ['Attacks: none\n', ''],
    ['Attacks', 'Attack'],
    ['Attacks: none', 'Attacks: none\nAttacks: 1'],
    ['Attacks: none', 'Attacks:'],
  ] as const) {
    assert.throws(() => parseDefence('a.patch', whole.replace(change, instead)), /`a\.patch`/);
  }
});
