import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { link, mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { packageDigest } from '../../../../core/broker/catalog/package/package-digest.ts';
import { readPackageFolder } from '../../../../core/broker/catalog/package/read-package-folder.ts';
import { makePackageFilesPowers } from '../../../../core/broker/main/powers/package-files.ts';
import { writePackageFolder } from '../../../../core/cli/write-package-folder.ts';
import { sampleFiles } from './sample-package.ts';
import { makeFolder } from './trust-folder.ts';

const powers = makePackageFilesPowers();
const FILES = sampleFiles();

test('readPackageFolder() reads what writePackageFolder() wrote, each file once', async (t) => {
  const folder = join(await makeFolder(t), 'package');
  await writePackageFolder(folder, FILES);
  const read: string[] = [];
  const counting = {
    ...powers,
    readFile: (path: string, most: number) => {
      read.push(path.slice(folder.length + 1));
      return powers.readFile(path, most);
    },
  };
  const files = await readPackageFolder(folder, counting);
  assert.equal(packageDigest(files), packageDigest(FILES));
  assert.deepEqual(read.sort(), [...FILES.keys()].sort());
});

test('readPackageFolder() passes over what else lies in a source folder, and reads none of it', async (t) => {
  const folder = join(await makeFolder(t), 'source');
  await writePackageFolder(folder, FILES);
  await mkdir(join(folder, 'node_modules', 'x'), { recursive: true });
  await writeFile(join(folder, 'index.ts'), 'export {};');
  await symlink('/etc', join(folder, 'linked'));
  const files = await readPackageFolder(folder, powers, 'pass over');
  assert.deepEqual([...files.keys()].sort(), [...FILES.keys()].sort());
  await assert.rejects(readPackageFolder(folder, powers), { code: 'package_invalid' });
});

const spoil = (name: string, make: (path: string) => unknown) => ({ name, make });
const BAD: readonly (readonly [what: string, spoiled: ReturnType<typeof spoil>, says: RegExp])[] = [
  ['a symbolic link', spoil('docs/x', (path) => symlink('/etc/passwd', path)), /`docs\/x`/],
  ['a linked folder', spoil('docs/x', (path) => symlink('/etc', path)), /`docs\/x`/],
  [
    'a dangling link for verdicts',
    spoil('verdicts', (path) => symlink('/none', path)),
    /`verdicts`/,
  ],
  ['a hard link', spoil('docs/x', (path) => link(join(path, '../guide.md'), path)), /hard link/],
  ['a FIFO', spoil('docs/x', (path) => execFileSync('mkfifo', [path])), /`docs\/x`/],
  ['a dot file', spoil('.npmrc', (path) => writeFile(path, '')), /`\.npmrc`/],
  ['a strange folder', spoil('src', (path) => mkdir(path)), /`src`/],
  [
    'a folder of five levels',
    spoil('docs/a/b/c', (path) => mkdir(path, { recursive: true })),
    /c`/,
  ],
  [
    'a sparse file of a terabyte',
    spoil('docs/x', async (path) => {
      await writeFile(path, '');
      await truncate(path, 2 ** 40);
    }),
    /`docs\/x` has more than/,
  ],
  [
    'more entries than any package',
    spoil('docs/many', async (path) => {
      await mkdir(path);
      for (let place = 0; place < 300; place += 1) await writeFile(join(path, `${place}`), '');
    }),
    /more than 256 entries/,
  ],
];

for (const [what, { name, make }, says] of BAD) {
  test(`readPackageFolder() refuses a folder with ${what}`, { timeout: 20_000 }, async (t) => {
    const folder = join(await makeFolder(t), 'package');
    await writePackageFolder(folder, FILES);
    await make(join(folder, name));
    await assert.rejects(readPackageFolder(folder, powers), {
      code: 'package_invalid',
      message: says,
    });
  });
}

test('readPackageFolder() refuses what is no folder', async (t) => {
  const folder = await makeFolder(t);
  await assert.rejects(readPackageFolder(join(folder, 'none'), powers), {
    code: 'package_invalid',
    message: /does not exist/,
  });
  await symlink('/etc', join(folder, 'linked'));
  await assert.rejects(readPackageFolder(join(folder, 'linked'), powers), {
    code: 'package_invalid',
    message: /not a folder/,
  });
});
