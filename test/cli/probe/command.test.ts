import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { secaiAgent } from '../../harness/cli.ts';

const WRONG: readonly (readonly string[])[] = [
  ['probe'],
  ['probe', '--no-such-option', 'x.js'],
  ['probe', '--profile', 'open', 'x.js'],
  ['probe', '--seed', '-1', 'x.js'],
  ['probe', '--seed', '4294967296', 'x.js'],
  ['probe', '/no/such/script.js'],
];

for (const args of WRONG) {
  test(`\`${args.join(' ')}\` is no escape: it exits 1 and says why`, async () => {
    const { code, out, err } = await secaiAgent(args);
    assert.deepEqual([code, out], [1, '']);
    assert.notEqual(err, '');
  });
}

test('the help of probe tells its verdicts and its exit codes', async () => {
  const { code, out } = await secaiAgent(['probe', '--help']);
  assert.equal(code, 0);
  for (const word of ['contained', 'ESCAPED', 'hung', '2  something escaped']) {
    assert.ok(out.includes(word), word);
  }
});

test('third-party scripts find `require`, `process` and `VM` absent, not faked', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-third-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const scripts = {
    'a-require.js': "const { VM } = require('vm2'); new VM().run('process.exit()');",
    'b-process.cjs': 'module.exports = () => process.mainModule.require("fs");',
    'c-vm.mjs': 'export default () => new VM({}).run("this");',
    'd-import.mjs':
      "import fs from 'node:fs';\nexport default () => fs.readFileSync('/etc/passwd');",
    'e-\u001b[31m#.js': '}); process.exit(); ({',
  };
  for (const [name, text] of Object.entries(scripts)) writeFileSync(join(folder, name), text);
  const { code, out, err } = await secaiAgent(['probe', '--json', '--seed', '7', folder]);
  assert.equal(code, 0, err);
  const report: {
    readonly seed: number;
    readonly scripts: readonly { readonly ended: string; readonly said: string }[];
  } = JSON.parse(out);
  assert.equal(report.seed, 7);
  assert.deepEqual(
    report.scripts.map(({ ended }) => ended),
    Object.keys(scripts).map(() => 'guest_error'),
  );
  const said = report.scripts.map((each) => each.said);
  assert.match(said[0] ?? '', /require is not defined/);
  assert.match(said[1] ?? '', /module is not defined/);
  assert.match(said[2] ?? '', /VM is not defined/);
  assert.match(said[3] ?? '', /SyntaxError|import/);
  assert.ok(!out.includes('\u001b'));
});
