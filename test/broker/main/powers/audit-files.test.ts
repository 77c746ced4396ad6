import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { makeAuditFilePowers } from '../../../../core/broker/main/powers/audit-files.ts';

const files = makeAuditFilePowers();

const makeFolder = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'audit-files-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
};

test('nothing follows a symbolic link, waits for a pipe or takes a folder for a file', async (t) => {
  const folder = makeFolder(t);
  const [real, link, pipe, inner] = ['real', 'link', 'pipe', 'inner'].map((n) => join(folder, n));
  assert.ok(real && link && pipe && inner);
  writeFileSync(real, 'kept');
  symlinkSync(real, link);
  execFileSync('mkfifo', [pipe]);
  mkdirSync(inner);
  for (const path of [link, pipe, inner]) {
    await assert.rejects(files.openRead(path), path);
    await assert.rejects(files.openAppend(path), path);
    await assert.rejects(files.writeFile(path, Buffer.from('x'), { sync: true }), path);
  }
  assert.equal(readFileSync(real, 'utf8'), 'kept');
});

test('openAppend refuses a file that has a second name', async (t) => {
  const folder = makeFolder(t);
  const path = join(folder, 'log');
  writeFileSync(path, 'kept');
  linkSync(path, join(folder, 'second'));
  await assert.rejects(files.openAppend(path));
});

test('what is appended goes to the end, whoever else wrote there', async (t) => {
  const path = join(makeFolder(t), 'log');
  const handle = await files.openAppend(path);
  await handle.append(Buffer.from('a'));
  writeFileSync(path, 'other');
  await handle.append(Buffer.from('b'));
  assert.deepEqual(await handle.facts(), { size: 6, links: 1 });
  await handle.truncate(2);
  await handle.close();
  assert.equal(readFileSync(path, 'utf8'), 'ot');
  assert.equal(statSync(path).mode & 0o777, 0o660);
});

test('openRead gives ranges, fewer bytes only at the end, and undefined for a missing file', async (t) => {
  const folder = makeFolder(t);
  const path = join(folder, 'log');
  assert.equal(await files.openRead(path), undefined);
  writeFileSync(path, '0123456789');
  const handle = await files.openRead(path);
  assert.equal(handle?.size, 10);
  assert.equal((await handle?.read(2, 3))?.toString(), '234');
  assert.equal((await handle?.read(8, 5))?.toString(), '89');
  await handle?.close();
});

test('writeFile replaces the contents and list names the folder, a missing one as empty', async (t) => {
  const folder = makeFolder(t);
  const path = join(folder, 'file');
  await files.writeFile(path, Buffer.from('longer'), { sync: true });
  await files.writeFile(path, Buffer.from('new'), { sync: false });
  assert.equal(readFileSync(path, 'utf8'), 'new');
  assert.deepEqual(await files.list(folder), ['file']);
  assert.deepEqual(await files.list(join(folder, 'missing')), []);
});
