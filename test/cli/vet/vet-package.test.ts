import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { keyIdOf } from '../../../core/broker/catalog/package/key-id.ts';
import type { TrustStore } from '../../../core/broker/catalog/package/plugin-package.ts';
import { readVerdict } from '../../../core/broker/catalog/package/read-verdict.ts';
import shippedDigests from '../../../core/broker/catalog/shipped-digests.json' with {
  type: 'json',
};
import { parseCases } from '../../../core/cli/kit/plugin-case.ts';
import { signVetting } from '../../../core/cli/vet/sign-vetting.ts';
import {
  openVettingGround,
  type VettingGround,
  vetPackage,
} from '../../../core/cli/vet/vet-package.ts';
import { objections, testNames } from '../../../core/cli/vet/vetting-report.ts';
import { vettingText } from '../../../core/cli/vet/vetting-text.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { packShipped } from '../../../plugins/vetting.ts';

const SEED = 7;
let ground: VettingGround;
before(async () => {
  ground = await openVettingGround(SEED);
});
after(() => ground.close());

const casesOf = (id: string): Promise<string> =>
  readFile(join(PACKAGE_ROOT, 'plugins', id, 'cases.yaml'), 'utf8');

for (const id of Object.keys(shippedDigests)) {
  test(`the shipped plugin \`${id}\` passes its vetting`, async () => {
    const packed = await packShipped(id);
    const cases = parseCases(await casesOf(id), 'cases.yaml', packed.manifest);
    const report = await vetPackage({ packed, cases, seed: SEED, fuzzed: 5, corpus: 1 }, ground);
    assert.deepEqual(objections(report), []);
    assert.deepEqual(report.hints, []);
    assert.ok(report.cases.length > 0 && report.attacks.length >= packed.manifest.entries.size);
    assert.match(vettingText(report), /\| verdict \| PASSED \|/);
  });
}

test('the report in the folder of each shipped plugin is about the bytes that ship', async () => {
  for (const id of Object.keys(shippedDigests)) {
    const text = await readFile(join(PACKAGE_ROOT, 'plugins', id, 'VETTING.md'), 'utf8');
    const { digest } = await packShipped(id);
    assert.match(text, /^\| verdict \| PASSED \|$/m, id);
    const mend = `${id}: run \`node dist/plugins/vetting.js\` after the build`;
    assert.ok(text.includes(`| package | \`${digest}\` |`), mend);
  }
});

test('a case that fails makes a verdict that nobody installs by', async () => {
  const packed = await packShipped('hash');
  const text = (await casesOf('hash')).replace('matches: true', 'matches: false');
  const cases = parseCases(text, 'cases.yaml', packed.manifest);
  const report = await vetPackage({ packed, cases, seed: SEED, fuzzed: 1, corpus: 1 }, ground);
  assert.match(objections(report).join(), /^case `a file that has the digest`: output /);
  assert.deepEqual(testNames(report).failed, ['case: a file that has the digest']);

  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const vetters = { threshold: 1, keys: new Map([[keyIdOf(publicKey), publicKey]]) };
  const trust: TrustStore = {
    publishers: vetters,
    vetters,
    revokedKeys: new Set(),
    revokedPackages: new Set(),
  };
  const now = Date.now();
  const sign = (signed: typeof report) =>
    signVetting(signed, packed, { key: privateKey, now, expires: null }).verdict;
  assert.throws(() => readVerdict([sign(report)], packed.digest, trust, now), {
    code: 'not_vetted',
  });
  const good = { ...report, cases: report.cases.filter(({ passed }) => passed) };
  assert.deepEqual(readVerdict([sign(good)], packed.digest, trust, now).vettedBy, [
    keyIdOf(publicKey),
  ]);
});

test('a vetting that ran nothing has found nothing good', async () => {
  const packed = await packShipped('hash');
  const cases = parseCases(await casesOf('hash'), 'cases.yaml', packed.manifest);
  const report = await vetPackage({ packed, cases, seed: SEED, fuzzed: 1, corpus: 1 }, ground);
  assert.deepEqual(objections({ ...report, cases: [], attacks: [], corpus: [] }), [
    'no case was run',
    'nothing of the plugin was run among canaries',
    'no attack of the corpus was run',
  ]);
  const [attack] = report.attacks;
  assert.ok(attack);
  const escaped = { ...attack, verdict: 'ESCAPED' as const, canaries: ['file: it was read'] };
  assert.deepEqual(objections({ ...report, attacks: [escaped] }), [
    `\`${attack.script}\` ESCAPED, file: it was read`,
  ]);
});
