import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { copyFile, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openPackage } from '../../core/broker/catalog/package/open-package.ts';
import { SIGNATURE_FILE } from '../../core/broker/catalog/package/package-path.ts';
import { writePackageFolder } from '../../core/cli/write-package-folder.ts';
import { readIndependently } from '../broker/catalog/package/independent-verifier.ts';
import {
  bytesOf,
  makeSigner,
  NOW,
  sampleFiles,
  signed,
  trusting,
} from '../broker/catalog/package/sample-package.ts';
import { makeFolder } from '../broker/catalog/package/trust-folder.ts';
import { secaiAgent } from '../harness/cli.ts';

test('plugin.two_keys: with threshold 2, one signature is refused, one key twice too, two keys pass', () => {
  const [ada, bob] = [makeSigner(), makeSigner()];
  const trust = trusting([ada, bob], 2);
  const refused = { code: 'plugin_unsigned', message: /signed by 1 of the 2 different/ };
  const one = signed(sampleFiles(), [ada]);
  assert.throws(() => openPackage(one, trust, NOW), refused);
  const envelope = JSON.parse(Buffer.from(one.get(SIGNATURE_FILE) ?? []).toString());
  envelope.signatures.push(...envelope.signatures);
  const twice = new Map(one).set(SIGNATURE_FILE, bytesOf(JSON.stringify(envelope)));
  assert.throws(() => openPackage(twice, trust, NOW), refused);
  const stranger = signed(one, [makeSigner()]);
  assert.throws(() => openPackage(stranger, trust, NOW), refused);
  const two = signed(one, [bob]);
  assert.deepEqual(openPackage(two, trust, NOW).signedBy, [ada.id, bob.id].sort());
});

test('plugin.two_keys: the command line goes the same way, from two new keys to a verified package', async (t) => {
  const folder = await makeFolder(t);
  const at = (...names: readonly string[]): string => join(folder, ...names);
  const run = (...args: readonly string[]) => secaiAgent(['plugin', ...args], { cwd: folder });
  await mkdir(at('trust', 'keys'), { recursive: true });
  for (const name of ['ada', 'bob', 'vera']) {
    const made = await run('keygen', '--out', name);
    assert.equal(made.code, 0, made.err);
    assert.equal((await stat(at(`${name}.key`))).mode & 0o777, 0o600);
    await copyFile(at(`${name}.pub`), at('trust', 'keys', `${name}.pem`));
  }
  const before = await readFile(at('ada.key'));
  const again = await run('keygen', '--out', 'ada');
  assert.equal(again.code, 1);
  assert.match(again.err, /exists already/);
  assert.deepEqual(await readFile(at('ada.key')), before);
  const publishers = { threshold: 2, keys: ['ada.pem', 'bob.pem'] };
  const trust = { version: 1, publishers, vetters: { threshold: 1, keys: ['vera.pem'] } };
  await writeFile(at('trust', 'trust.json'), JSON.stringify(trust));

  await writePackageFolder(at('built'), sampleFiles());
  await writeFile(at('built', 'package.json'), '{}');
  const packed = await run('pack', 'built', '--out', 'search-1.0.0', '--json');
  assert.equal(packed.code, 0, packed.err);
  const { digest } = JSON.parse(packed.out);

  const verify = () => run('verify', 'search-1.0.0', '--trust', 'trust', '--json');
  const sign = async (...keys: readonly string[]): Promise<void> => {
    const ended = await run('sign', 'search-1.0.0', '--key', ...keys, '--expires', '2999-01-01');
    assert.equal(ended.code, 0, ended.err);
  };
  await sign('ada.key');
  await sign('ada.key', 'ada.key');
  const one = await verify();
  assert.equal(one.code, 1);
  assert.equal(JSON.parse(one.out).code, 'plugin_unsigned');
  assert.match(one.err, /signed by 1 of the 2[^\n]*\n.*trust store\n\(plugin_unsigned\)/);
  await sign('bob.key');
  const two = await verify();
  assert.equal(two.code, 0, two.err);
  const shown = JSON.parse(two.out);
  assert.deepEqual(
    [shown.id, shown.digest, shown.threshold, shown.signedBy.length, shown.expires],
    ['search', digest, 2, 2, '2999-01-01T00:00:00.000Z'],
  );
  // A second reader of the published texts comes to the same.
  const publicKeys = await Promise.all(
    ['ada.pub', 'bob.pub'].map(async (name) => createPublicKey(await readFile(at(name)))),
  );
  const text = await readFile(at('search-1.0.0', SIGNATURE_FILE), 'utf8');
  const { holds, statement } = readIndependently(text, publicKeys);
  assert.ok(holds);
  assert.equal(statement.predicate['packageDigest'], digest);
});
