import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { secaiAgent } from '../harness/cli.ts';
import { sampleText } from '../harness/sample-manifest.ts';

const makeFolder = async (t: TestContext): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'plugin-'));
  t.after(() => rm(folder, { recursive: true }));
  return folder;
};

test('plugin diff lists what a later manifest changes and ends with 1 where it widens', async (t) => {
  const folder = await makeFolder(t);
  const before = join(folder, 'before.json');
  const after = join(folder, 'after');
  await mkdir(after);
  await writeFile(before, sampleText());
  await writeFile(
    join(after, 'manifest.json'),
    sampleText({ top: { requests: { inference: true }, version: '1.2.4' } }),
  );
  const wider = await secaiAgent(['plugin', 'diff', before, after]);
  assert.equal(wider.code, 1, wider.err);
  assert.match(wider.out, /^sample 1\.2\.3 -> sample 1\.2\.4: widens; a person must agree$/m);
  assert.match(wider.out, /^widens +inference at \/requests\/inference\n +- false\n +\+ true$/m);
  assert.match(wider.out, /^digest [0-9a-f]{64}$/m);

  const narrower = await secaiAgent(['plugin', 'diff', after, before, '--json']);
  assert.equal(narrower.code, 0, narrower.err);
  const { widens, changes } = JSON.parse(narrower.out);
  assert.equal(widens, false);
  assert.deepEqual(
    changes.map(({ kind, what }: { kind: string; what: string }) => `${kind} ${what}`),
    ['changes version', 'narrows inference'],
  );
});

test('plugin show refuses a wrong manifest with every finding, its place, rule and mend', async (t) => {
  const folder = await makeFolder(t);
  const file = join(folder, 'manifest.json');
  await writeFile(file, sampleText({ top: { id: '../evil', surprise: 1 } }));
  const text = await secaiAgent(['plugin', 'show', folder]);
  assert.equal(text.code, 3);
  assert.match(text.err, /2 findings in/);
  assert.match(text.err, /manifest\.json:2:8: .*\(malformed\); the plugin's one name/);
  assert.match(text.err, /unknown key `surprise` \(unknown-field\); remove it/);
  const json = await secaiAgent(['plugin', 'show', folder, '--json']);
  const { code, findings } = JSON.parse(json.out);
  assert.equal(code, 'manifest');
  assert.deepEqual(
    findings.map(({ pointer }: { pointer: string }) => pointer),
    ['/id', '/surprise'],
  );
});

test('plugin show says what is missing where there is no manifest, or more than one', async (t) => {
  const folder = await makeFolder(t);
  const none = await secaiAgent(['plugin', 'show', 'no-such-plugin']);
  assert.deepEqual([none.code, /name a shipped one/.test(none.err)], [4, true]);
  const empty = await secaiAgent(['plugin', 'show', folder]);
  assert.deepEqual([empty.code, /write `manifest.yaml` into it/.test(empty.err)], [4, true]);
  await writeFile(join(folder, 'manifest.json'), sampleText());
  await writeFile(join(folder, 'manifest.yaml'), sampleText());
  const two = await secaiAgent(['plugin', 'show', folder]);
  assert.deepEqual([two.code, /remove one of them/.test(two.err)], [4, true]);
});
