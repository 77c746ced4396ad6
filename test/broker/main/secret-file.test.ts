import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { makeSecretFilesPowers } from '../../../core/broker/main/powers/secret-files.ts';
import { readSecretFile, type Secret } from '../../../core/broker/main/secret-file.ts';
import { makeTokenFiles, readToken } from '../../../core/broker/main/token-files.ts';

const folder = await mkdtemp(join(tmpdir(), 'secai-secret-'));
after(() => rm(folder, { recursive: true, force: true }));
const files = makeSecretFilesPowers();
const HEX = `${'0123456789abcdef'.repeat(4)}\n`;

let count = 0;
const place = (): string => {
  count += 1;
  return join(folder, `file-${count}`);
};
const make = async (content: string | Buffer, mode = 0o400): Promise<string> => {
  const path = place();
  await writeFile(path, content);
  await chmod(path, mode);
  return path;
};
const key = (path: string): Secret =>
  readSecretFile(
    { variable: 'AGENT_SIGNING_KEY_PATH', path },
    'key',
    'AGENT_SIGNING_KEY_PATH',
    files,
  );
const refuses = (secret: Secret, path: string, fault: RegExp, absent = false): void => {
  assert.ok(!secret.ok);
  assert.equal(secret.absent, absent);
  assert.match(secret.problem, /^`AGENT_SIGNING_KEY_PATH`/);
  assert.ok(secret.problem.includes(path));
  assert.match(secret.problem, fault);
  assert.ok(!secret.problem.includes('0123456789abcdef'));
};

test('a private file of the modes that systemd gives is read', async () => {
  for (const mode of [0o400, 0o440, 0o600, 0o640]) {
    const secret = key(await make(HEX, mode));
    assert.ok(secret.ok && Buffer.from(secret.bytes).toString() === HEX);
  }
});

test('an unset variable and a missing file are absent, each named', () => {
  const unset = readSecretFile(null, 'key', 'AGENT_SIGNING_KEY_PATH', files);
  refuses(unset, '', /is not set/, true);
  const path = join(folder, 'nothing');
  refuses(key(path), path, /does not exist/, true);
});

test('links, folders, FIFOs and devices are refused without waiting', async () => {
  const real = await make(HEX);
  const soft = place();
  await symlink(real, soft);
  refuses(key(soft), soft, /a symbolic link/);
  const hard = place();
  await link(real, hard);
  refuses(key(hard), hard, /more than one hard link/);
  const dir = place();
  await mkdir(dir);
  refuses(key(dir), dir, /not a regular file/);
  const fifo = place();
  execFileSync('mkfifo', [fifo]);
  refuses(key(fifo), fifo, /not a regular file/);
  refuses(key('/dev/null'), '/dev/null', /not a regular file/);
});

test('a key that others may read or write, or that is another user’s, is refused', async () => {
  for (const mode of [0o404, 0o644, 0o420, 0o402, 0o660]) {
    const path = await make(HEX, mode);
    refuses(key(path), path, /which (others may write|everyone may read)/);
  }
  const path = await make(HEX);
  const foreign = { ...files, ownUid: 4242 };
  const source = { variable: 'AGENT_SIGNING_KEY_PATH', path };
  if (process.geteuid?.() !== 0) return;
  await chown(path, 1000, 1000);
  refuses(readSecretFile(source, 'key', '', foreign), path, /belongs to another user/);
});

test('a size outside the limits is refused', async () => {
  for (const size of [0, 31, 4097, 100_000]) {
    const path = await make(Buffer.alloc(size, 'a'));
    refuses(key(path), path, /32 to 4096 bytes/);
  }
});

test('a token is UTF-8 of 16 to 4096 characters after trimming, rotated without a restart', async () => {
  const path = await make(`  ${HEX}`, 0o644);
  const source = { variable: 'AGENT_UI_TOKEN_PATH', path };
  const logged: object[] = [];
  const keep = (fields: object): void => void logged.push(fields);
  const log = { info: keep, warn: keep, error: keep };
  const tokens = makeTokenFiles({ ui: source, containment: null, operator: null, files, log });
  assert.deepEqual(tokens.ui(), { ok: true, token: HEX.trim() });
  await writeFile(path, 'another-token-000000');
  assert.deepEqual(tokens.ui(), { ok: true, token: 'another-token-000000' });
  for (const bad of ['short', ' '.repeat(20), Buffer.alloc(20, 0xff)]) {
    await writeFile(path, bad);
    assert.equal(tokens.ui().ok, false);
    assert.equal(readToken(source, 'AGENT_UI_TOKEN_PATH', files).ok, false);
  }
  await rm(path);
  const gone = tokens.ui();
  assert.ok(!gone.ok && gone.absent);
  const before = logged.length;
  tokens.ui();
  assert.equal(logged.length, before, 'the same fault is logged once');
  assert.ok(!tokens.containment().ok);
});
