import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { makeProgramFilePowers } from '../../core/broker/main/powers/program-files.ts';
import KNOWN_BAD from '../../core/protocol/known-bad.json' with { type: 'json' };
import { assertVersions } from '../../core/protocol/versions.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

const GOOD = { node: '26.10.0', v8: '14.6.202.34-node.21', isolatedVm: '7.0.1' };

const REFUSED = {
  'isolated-vm 7.0.0, which let guests corrupt memory': { isolatedVm: '7.0.0' },
  'isolated-vm 6.2.0': { isolatedVm: '6.2.0' },
  'a pre-release of isolated-vm': { isolatedVm: '7.0.1-rc.1' },
  'an isolated-vm that tells no version': { isolatedVm: '' },
  'node 24': { node: '24.21.0' },
  'node 26.3.0, whose answers were mixed up': { node: '26.3.0' },
  'node 26.5.0, which left headers out': { node: '26.5.0' },
  'a nightly of node': { node: '27.0.0-nightly20261101' },
  'an older v8': { v8: '13.6.233.17-node.48' },
  'a newer v8': { v8: '15.0.1' },
} as const;

for (const [what, change] of Object.entries(REFUSED)) {
  test(`the version check refuses ${what} and says why`, () => {
    assert.throws(() => assertVersions({ ...GOOD, ...change }), {
      code: 'sandbox_unavailable',
      message: /expected/,
    });
  });
}

test('the version check takes what is installed', () => {
  assert.doesNotThrow(() => assertVersions(GOOD));
  assert.doesNotThrow(() => assertVersions({ ...GOOD, isolatedVm: '7.1.0' }));
  assert.doesNotThrow(() => assertVersions(makeProgramFilePowers().engineVersions()));
});

test('each known bad version has a range, a reason and a source, and the last bad one is refused', () => {
  for (const row of KNOWN_BAD) {
    assert.deepEqual(Object.keys(row), ['part', 'since', 'fixed', 'because', 'source']);
    assert.ok(row.part === 'node' || row.part === 'isolated-vm', row.part);
    for (const version of [row.since, row.fixed]) assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.match(row.source, /^(CVE-\d{4}-\d+|GHSA(-[a-z0-9]{4}){3})$/);
    const bad = row.part === 'node' ? { node: row.since } : { isolatedVm: row.since };
    assert.throws(() => assertVersions({ ...GOOD, ...bad }), { code: 'sandbox_unavailable' });
  }
});

// A native part that was swapped, or brought a script of its own, is refused where it comes in: a package is
// taken only with the bytes that the lockfile names, and nothing of it runs at installation.

const packages: Readonly<
  Record<
    string,
    { readonly integrity?: string; readonly link?: boolean; readonly version?: string }
  >
> = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package-lock.json'), 'utf8')).packages;

test('the lockfile names the bytes of each package, and one isolated-vm alone', () => {
  const installed = Object.entries(packages).filter(([path]) => path !== '');
  assert.ok(installed.length > 50);
  for (const [path, { integrity = '', link }] of installed) {
    assert.equal(link, undefined, path);
    assert.match(integrity, /^sha512-[A-Za-z0-9+/]{86}==$/, path);
  }
  const engines = installed.filter(([path]) => /(^|\/)isolated-vm$/.test(path));
  assert.deepEqual(
    engines.map(([path, { version }]) => [path, version]),
    [['node_modules/isolated-vm', '7.0.1']],
  );
});

test('no script of a package runs at installation, and each version is exact', () => {
  const settings = readFileSync(join(PACKAGE_ROOT, '.npmrc'), 'utf8').split('\n');
  assert.ok(settings.includes('ignore-scripts=true'));
  const { scripts, dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
  );
  const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish'];
  assert.deepEqual(
    Object.keys(scripts).filter((name) => hooks.includes(name)),
    [],
  );
  for (const [name, version] of Object.entries({ ...dependencies, ...optionalDependencies })) {
    assert.match(String(version), /^\d+\.\d+\.\d+$/, name);
  }
});
