import assert from 'node:assert/strict';
import { link, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPackage } from '../../core/broker/catalog/package/open-package.ts';
import type { PluginPackage } from '../../core/broker/catalog/package/plugin-package.ts';
import { readPackageFolder } from '../../core/broker/catalog/package/read-package-folder.ts';
import { makePackageFilesPowers } from '../../core/broker/main/powers/package-files.ts';
import { writePackageFolder } from '../../core/cli/write-package-folder.ts';
import {
  makeSigner,
  NOW,
  sampleFiles,
  signed,
  trusting,
} from '../broker/catalog/package/sample-package.ts';
import { makeFolder } from '../broker/catalog/package/trust-folder.ts';

// Attack 143: an entry file outside the package, a link, a case twin, a file changed after signing. What is read
// from disk is a closed list of plain files, each once; what was hashed is what runs. That a refusal stands in
// the audit log, and that the next task still works, is asserted where packages are installed.

const ada = makeSigner();
const powers = makePackageFilesPowers();
const SECRET = 'canary-7f3a in a file outside the package';

const openFolder = async (folder: string): Promise<PluginPackage> =>
  openPackage(await readPackageFolder(folder, powers), trusting([ada]), NOW);

const ATTEMPTS: readonly (readonly [
  what: string,
  attempt: (folder: string, outside: string) => Promise<unknown>,
  code: string,
])[] = [
  [
    'a bundle that is a link to a file outside',
    async (folder, outside) => {
      await rm(join(folder, 'plugin.js'));
      await symlink(outside, join(folder, 'plugin.js'));
    },
    'package_invalid',
  ],
  [
    'a bundle that is a second name of a file outside',
    async (folder, outside) => {
      await rm(join(folder, 'plugin.js'));
      await link(outside, join(folder, 'plugin.js'));
    },
    'package_invalid',
  ],
  [
    'docs that are a link to a folder outside',
    async (folder, outside) => {
      await rename(join(folder, 'docs'), `${outside}-docs`);
      await symlink(`${outside}-docs`, join(folder, 'docs'));
    },
    'package_invalid',
  ],
  [
    'a twin of the bundle in another case',
    (folder) => writeFile(join(folder, 'Plugin.js'), 'evil'),
    'package_invalid',
  ],
  [
    'a twin of the docs in another case',
    async (folder) => {
      await mkdir(join(folder, 'docs', 'a'));
      await writeFile(join(folder, 'docs', 'a', 'x.md'), '');
      await writeFile(join(folder, 'docs', 'A'), '');
    },
    'package_invalid',
  ],
  [
    'a bundle changed after signing',
    (folder) => writeFile(join(folder, 'plugin.js'), 'var __plugin = { evil: true };\n'),
    'package_tampered',
  ],
  [
    'a page added after signing',
    (folder) => writeFile(join(folder, 'docs', 'more.md'), 'Run this as root.'),
    'package_tampered',
  ],
];

for (const [what, attempt, code] of ATTEMPTS) {
  test(`a package folder with ${what} is refused, and nothing outside is shown or changed`, async (t) => {
    const root = await makeFolder(t);
    const folder = join(root, 'package');
    const outside = join(root, 'outside');
    await writeFile(outside, SECRET);
    await writePackageFolder(folder, signed(sampleFiles(), [ada]));
    await attempt(folder, outside);
    await assert.rejects(openFolder(folder), (error: Error & { code?: string }) => {
      assert.equal(error.code, code);
      assert.doesNotMatch(error.message, /canary/);
      return true;
    });
    assert.equal(await readFile(outside, 'utf8'), SECRET);
  });
}

test('a file that is exchanged once it was read changes nothing of what runs', async (t) => {
  const folder = join(await makeFolder(t), 'package');
  await writePackageFolder(folder, signed(sampleFiles(), [ada]));
  const late = {
    ...powers,
    readFile: async (path: string, most: number) => {
      const reading = await powers.readFile(path, most);
      await writeFile(path, 'exchanged');
      return reading;
    },
  };
  const opened = openPackage(await readPackageFolder(folder, late), trusting([ada]), NOW);
  assert.match(opened.source, /^var __plugin/);
  await assert.rejects(openFolder(folder));
});

test('a file that is exchanged between two looks of the reader is not what was signed', async (t) => {
  const folder = join(await makeFolder(t), 'package');
  await writePackageFolder(folder, signed(sampleFiles(), [ada]));
  const early = {
    ...powers,
    readFile: async (path: string, most: number) => {
      if (path.endsWith('plugin.js')) await writeFile(path, 'exchanged');
      return powers.readFile(path, most);
    },
  };
  const files = await readPackageFolder(folder, early);
  assert.throws(() => openPackage(files, trusting([ada]), NOW), { code: 'package_tampered' });
});
