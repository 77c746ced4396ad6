import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { TEMPLATES } from '../../core/cli/probe/template-texts.ts';
import { secaiAgent } from '../harness/cli.ts';
import { compileLibrary, withoutCompiler } from '../harness/compile-library.ts';

interface Report {
  readonly scripts: readonly {
    readonly script: string;
    readonly verdict: string;
    readonly ended: string;
    readonly said: string;
    readonly calls: readonly { readonly call: string; readonly answer: string }[];
    readonly canaries: readonly unknown[];
  }[];
}

const folderOf = (t: TestContext): string => {
  const folder = mkdtempSync(join(tmpdir(), 'secai-owned-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
};

const probe = async (...args: readonly string[]) => {
  const { code, out, err } = await secaiAgent(['probe', '--owned', '--json', ...args]);
  const { scripts }: Report = JSON.parse(out || '{"scripts":[]}');
  return { code, scripts, err };
};

/** Tries one call of each group, on the main thread and on an older one, and dies by one of another entry. */
const SCRIPT = `'use strict';
const numberOf = (name) => numbers.get(name);
syscall(numberOf('openat'), -100, SECAI_CANARIES.file, 0);
const fd = syscall(numberOf('socket'), 2, 1, 0).value;
syscall(numberOf('connect'), fd, new Uint8Array(16), 16);
syscall(numberOf('execve'), '/bin/true', 0, 0);
syscall(numberOf('kill'), SECAI_CANARIES.broker, 9);
await onThread("syscall(numbers.get('ptrace'), 16, SECAI_CANARIES.broker, 0, 0)");
report((function () { return this === undefined; })() ? 'strict' : 'sloppy');
return 'over';
`;

const TRIED = [
  { call: 'openat', answer: 'EPERM' },
  { call: 'socket', answer: 'EPERM' },
  { call: 'connect', answer: 'EPERM' },
  { call: 'execve', answer: 'EPERM' },
  { call: 'kill', answer: 'EPERM' },
];

test('probe.owned: a script that opens, connects, runs and kills is contained, with the errno of each', async (t) => {
  const folder = folderOf(t);
  writeFileSync(join(folder, 'script.js'), SCRIPT);
  const { code, scripts, err } = await probe(folder);
  const [verdict] = scripts;
  assert.equal(code, 0, `${err}${JSON.stringify(scripts)}`);
  assert.equal(verdict?.verdict, 'contained');
  assert.equal(verdict.ended, 'completed');
  assert.deepEqual(verdict.calls, [...TRIED, { call: 'ptrace', answer: 'EPERM' }]);
  assert.equal(verdict.said, 'over; strict');
});

test('probe.owned: a shared object does the same and fares the same', {
  skip: withoutCompiler,
}, async (t) => {
  const folder = folderOf(t);
  const source = (TEMPLATES['attack.c'] ?? '').replace(
    'made("socket", syscall(SYS_socket, 1, 1, 0));',
    '$&\n  made("connect", syscall(SYS_connect, 3, "", 0));',
  );
  cpSync(compileLibrary(t, source), join(folder, 'attack.so'));
  const { code, scripts, err } = await probe(folder);
  assert.equal(code, 0, `${err}${JSON.stringify(scripts)}`);
  assert.equal(scripts[0]?.verdict, 'contained');
  assert.deepEqual(scripts[0].calls, TRIED);
});

test('probe.owned: a shared object with a constructor of its own is refused', {
  skip: withoutCompiler,
}, async (t) => {
  const folder = folderOf(t);
  const source =
    '__attribute__((constructor)) static void early(void) {} int attack(void) { return 0; }';
  cpSync(compileLibrary(t, source), join(folder, 'early.so'));
  const { code, scripts } = await probe(folder);
  assert.equal(code, 1);
  assert.equal(scripts[0]?.verdict, 'refused');
  assert.match(scripts[0].said, /has constructors of its own/);
});

test('probe.owned: the templates are written once, name the canaries, and are contained', async (t) => {
  const folder = join(folderOf(t), 'new');
  assert.equal((await secaiAgent(['probe', '--init', folder])).code, 0);
  const again = await secaiAgent(['probe', '--init', folder]);
  assert.equal(again.code, 1);
  assert.match(again.err, /is there already/);
  for (const name of ['environment', 'file', 'unix_socket', 'tcp_socket', 'other_task', 'broker']) {
    for (const file of ['attack.js', 'owned.js']) {
      assert.match(readFileSync(join(folder, file), 'utf8'), new RegExp(`^//   ${name} `, 'm'));
    }
  }
  const owned = await probe(join(folder, 'owned.js'));
  assert.equal(owned.code, 0, owned.err);
  assert.deepEqual(owned.scripts[0]?.calls, [
    { call: 'openat', answer: 'EPERM' },
    { call: 'socket', answer: 'EPERM' },
    { call: 'kill', answer: 'EPERM' },
  ]);
  const guest = await secaiAgent(['probe', '--json', join(folder, 'attack.js')]);
  assert.equal(guest.code, 0, guest.err + guest.out);
});
