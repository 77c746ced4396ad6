import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { secaiAgent } from '../harness/cli.ts';

const COMMANDS: readonly (readonly string[])[] = [
  ['serve'],
  ['task', 'submit'],
  ['task', 'show'],
  ['task', 'list'],
  ['task', 'approve'],
  ['task', 'deny'],
  ['task', 'cancel'],
  ['task', 'watch'],
  ['audit', 'verify'],
  ['audit', 'tail'],
  ['policy', 'show'],
  ['policy', 'matrix'],
  ['plugin', 'list'],
  ['version'],
];

test('every command explains itself with --help, and takes --json and --socket', async () => {
  const helps = await Promise.all(
    COMMANDS.map(async (words) => ({ words, end: await secaiAgent([...words, '--help']) })),
  );
  for (const { words, end } of helps) {
    assert.equal(end.code, 0, end.err);
    assert.equal(end.err, '');
    assert.ok(end.out.startsWith(`Usage: secai-agent ${words.join(' ')} [options]`), end.out);
    assert.match(end.out, /--json/);
    assert.match(end.out, /--socket <path>/);
  }
});

test('--help of the program shows every command and the exit codes', async () => {
  const { code, out } = await secaiAgent(['--help']);
  assert.equal(code, 0);
  for (const [name = ''] of COMMANDS) assert.match(out, new RegExp(`^  ${name} `, 'm'));
  assert.match(out, /Exit codes:\n {2}0 {2}done\n/);
});

test('a wrong command line ends with 2, names its fault and prints nothing on stdout', async () => {
  const lines: readonly (readonly [string, ...string[]])[] = [
    ['Usage: secai-agent'],
    ['Usage: secai-agent task', 'task'],
    ['nope', 'nope'],
    ['nope', 'task', 'nope'],
    ['intent', 'task', 'submit'],
    ['--bogus', 'task', 'list', '--bogus'],
    ['action=choice', 'task', 'submit', 'x', '--preference', 'read_file'],
    ['--all', 'task', 'approve', '0123456789abcdef'],
    ['--all', 'task', 'deny', '0123456789abcdef'],
    ['whole number', 'audit', 'tail', '-n', '0'],
    ['--key', 'audit', 'verify'],
  ];
  const ends = await Promise.all(
    lines.map(async ([fault, ...args]) => ({ fault, args, end: await secaiAgent(args) })),
  );
  for (const { fault, args, end } of ends) {
    assert.equal(end.code, 2, `${args.join(' ')}: ${end.err}`);
    assert.ok(end.err.includes(fault), `${args.join(' ')}: ${end.err}`);
    assert.equal(end.out, '');
  }
});

test('where nothing answers or nothing can be read the end is 4, with what to do', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'command-line-'));
  t.after(() => rm(folder, { recursive: true }));
  const none = join(folder, 'none');
  const plain = join(folder, 'plain');
  await writeFile(plain, `${'0'.repeat(64)}\n`);
  const lines: readonly (readonly [string, ...string[]])[] = [
    ['--socket', 'task', 'list', '--socket', none],
    ['--socket', 'task', 'list', '--json', '--socket', plain],
    ['--token-file', 'task', 'list', '--socket', none, '--token-file', none],
    ['--policy', 'policy', 'show', '--policy', none],
    ['--log', 'audit', 'tail', '--log', none],
    ['--log', 'audit', 'tail', '--log', folder],
    ['--log', 'audit', 'verify', '--log', none, '--key', plain],
    ['key file', 'audit', 'verify', '--log', plain, '--key', none],
  ];
  for (const [remedy, ...args] of lines) {
    const { code, out, err } = await secaiAgent(args);
    assert.equal(code, 4, `${args.join(' ')}: ${err}`);
    assert.ok(err.startsWith('secai-agent: ') && err.includes(remedy), err);
    assert.equal(out, '');
  }
});

test('`version` says which program and which node this is', async () => {
  const json = await secaiAgent(['version', '--json']);
  assert.equal(json.code, 0, json.err);
  const facts = JSON.parse(json.out);
  assert.deepEqual(Object.keys(facts).sort(), ['node', 'secai_agent', 'v8']);
  assert.equal(facts.node, process.versions.node);
  const { out } = await secaiAgent(['version']);
  assert.ok(out.startsWith(`secai-agent ${facts.secai_agent} (node ${facts.node}`), out);
});
