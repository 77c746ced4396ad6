import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { faultsOf, KNOWN_BAD } from '../versions/known-bad.ts';
import { lockedVersions } from '../versions/locked-versions.ts';

// Attack 208. Whether something newer is out is asked outside the gate, by `npm run check:versions`; that a process
// refuses an engine with a known hole when it starts is asserted with attack 201.

test('no package of the lockfile, and none that is installed, is on the list of known holes', () => {
  const locked = lockedVersions();
  assert.ok(locked.length > 50, `${locked.length} packages`);
  const bad = locked.flatMap(({ name, version }) => faultsOf(name, version));
  assert.deepEqual(bad, []);
  for (const name of ['isolated-vm', `node-linux-${process.arch}`]) {
    const manifest = join(PACKAGE_ROOT, 'node_modules', name, 'package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    assert.deepEqual(faultsOf(name, version), []);
  }
});

test('the list refuses isolated-vm up to 6.1 and 7.0.0, and nothing that mends them', () => {
  for (const version of ['3.0.0', '4.3.6', '6.1.2', '7.0.0'])
    assert.ok(faultsOf('isolated-vm', version).length > 0, version);
  for (const version of ['6.2.0', '7.0.1', '7.1.0'])
    assert.deepEqual(faultsOf('isolated-vm', version), [], version);
});

test('every entry of the list names its advisory', () => {
  for (const { source } of KNOWN_BAD)
    assert.match(source, /^(GHSA(-[0-9a-z]{4}){3}|CVE-\d{4}-\d{4,})$/);
});
