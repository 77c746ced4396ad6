import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { launch } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';

const BAD: readonly (readonly [what: string, lines: string, column: number, says: RegExp])[] = [
  ['an unknown key', 'colour: red\n', 1, /unknown key `colour`/],
  ['a duplicate key', 'version: 1\n', 1, /twice/],
  ['an alias', 'always_deny: *x\n', 14, /alias/],
  ['a wrong type', 'approval_ttl_seconds: "900"\n', 23, /must be integer/],
  ['a tab', '\tcolour: red\n', 1, /tab/],
];

for (const [what, lines, column, says] of BAD) {
  test(`policy.bad_file: serve refuses to start over ${what}, names line and column, and nothing listens`, async (t) => {
    const folder = await makeAgentFolder(t);
    const good = await readFile(folder.policyFile, 'utf8');
    await writeFile(folder.policyFile, `${good}${lines}`);
    const { child, said, exited } = launch(folder);
    t.after(() => child.kill('SIGKILL'));
    await exited;
    assert.equal(child.exitCode, 1, said());
    assert.match(said(), says);
    const line = good.split('\n').length;
    assert.ok(said().includes(`${folder.policyFile}:${line}:${column}: `), said());
    assert.equal(existsSync(folder.socket), false);
  });
}
