import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import type { Command } from 'commander';
import { classify } from '../../core/broker/gateway/sensitivity/classify.ts';
import { allCommands } from '../../core/cli/all-commands.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { documentAt, documents, section, tableRows } from './documents.ts';
import { errorTable } from './error-table.ts';
import { sourceFiles } from './source-files.ts';

const exists = (path: string): boolean => existsSync(join(PACKAGE_ROOT, path));
const readme = documentAt('README.md');

test('every relative link of a document leads to a file or folder', () => {
  const links = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)|^\[[^\]]+\]: (\S+)$/gm)].map((match) => ({
      from: path,
      to: normalize(join(dirname(path), match[1] ?? match[2] ?? '')),
    })),
  );
  assert.ok(links.length > 10, `found ${links.length} links`);
  assert.deepEqual(
    links.filter(({ to }) => !exists(to)),
    [],
  );
});

test('every path of ours that a document names exists', () => {
  const named = documents.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:core|plugins|schemas|sandbox-profiles|systemd|test)\/[^`\s]*)`/g)]
      .map((match) => match[1] ?? '')
      // A name in capitals stands for one that the reader chooses.
      .filter((name) => !/\b(ID|NNN)\b/.test(name))
      .map((name) => ({ from: path, name })),
  );
  assert.ok(named.length > 60, `found ${named.length} paths`);
  assert.deepEqual(
    named.filter(({ name }) => !exists(name)),
    [],
  );
});

test('every test that SECURITY.md gives as proof exists and holds a test', () => {
  const rows = tableRows(documentAt('SECURITY.md'), 'proven by');
  assert.ok(rows.length > 60, `found ${rows.length} rows`);
  for (const row of rows) {
    const proofs = [...(row.get('proven by') ?? '').matchAll(/`([^`]+)`/g)].map(([, path]) => path);
    for (const path of proofs) {
      assert.match(path ?? '', /^test\/.*\.test\.ts$/);
      const text = readFileSync(join(PACKAGE_ROOT, path ?? ''), 'utf8');
      assert.match(text, /^\s*(?:test|it)\(/m, `no test in ${path}`);
    }
  }
});

test('every invariant, and every row that is met, has a proof', () => {
  const security = documentAt('SECURITY.md');
  const claims = [
    ...tableRows(security, 'invariant', 'proven by'),
    ...tableRows(security, 'state', 'proven by').filter((row) => row.get('state') === 'met'),
  ];
  assert.deepEqual(
    claims.filter((row) => !row.get('proven by')?.includes('`')).map((row) => [...row.values()]),
    [],
  );
  const ids = tableRows(security, 'id', 'invariant').map((row) => row.get('id'));
  assert.deepEqual(
    ids,
    ids.map((_, place) => `INV-${place + 1}`),
  );
});

test('every npm script that a document names exists', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8'),
  );
  const named = documents.flatMap(({ text }) =>
    [...text.matchAll(/npm run (?:-s )?([a-z:-]+)/g)].map((match) => match[1] ?? ''),
  );
  assert.ok(named.length > 10, `found ${named.length} scripts`);
  assert.deepEqual(
    named.filter((name) => !Object.hasOwn(scripts, name)),
    [],
  );
});

const leaves = (command: Command, before = ''): readonly string[] => {
  const name = `${before}${command.name()}`;
  return command.commands.length === 0
    ? [name]
    : command.commands.flatMap((inner) => leaves(inner, `${name} `));
};

test('README lists exactly the commands of the command line, and uses no other', () => {
  const built = allCommands().flatMap((command) => leaves(command));
  const listed = tableRows(section(readme, '### Command line'), 'command', 'does').map((row) =>
    /`([a-z ]*[a-z])/.exec(row.get('command') ?? '')?.[1]?.trim(),
  );
  assert.deepEqual(listed, built);
  const used = [...readme.matchAll(/secai-agent -- ([a-z]+(?: [a-z]+)?)/g)].map(([, name]) => name);
  assert.ok(used.length > 4);
  // A second word is a command of a command, or an argument.
  for (const name of used) {
    const [first = ''] = name?.split(' ') ?? [];
    assert.ok(built.includes(name ?? '') || built.includes(first), `no command ${name}`);
  }
});

test('README names exactly the variables that the agent reads', () => {
  const listed = tableRows(section(readme, '### Settings'), 'variable').flatMap((row) =>
    [...(row.get('variable') ?? '').matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name),
  );
  const read = sourceFiles(
    'core/broker/main/config.ts',
    'core/broker/main/config/*.ts',
    'core/broker/main/choose-launcher.ts',
  ).flatMap(({ path }) =>
    [...readFileSync(join(PACKAGE_ROOT, path), 'utf8').matchAll(/'([A-Z]+(?:_[A-Z]+)+)'/g)].map(
      ([, name]) => name,
    ),
  );
  // Each decides only whether another one counts, and is named in the row of that one.
  const aside = ['SECURE_AI_DEPLOYMENT_MODE', 'INVOCATION_ID'];
  const variables = new Set(read.filter((name) => !aside.includes(name ?? '')));
  assert.deepEqual(listed.toSorted(), [...variables].toSorted());
});

test('README lists every error code as the catalogue has it', () => {
  const table = /<!-- error-codes -->\n\n([\s\S]*?)\n\n<!-- \/error-codes -->/.exec(readme)?.[1];
  const rows = (text: string) =>
    tableRows(text, 'code', 'status', 'fault', 'retryable', 'remedy').map((row) => [...row]);
  assert.ok(rows(errorTable()).length > 40);
  assert.deepEqual(
    rows(table ?? ''),
    rows(errorTable()),
    'print it with: node dist/test/architecture/error-table.js',
  );
});

test('README states the limits of every profile', () => {
  const rows = tableRows(section(readme, '### Limits'), 'what', 'limit', '`strict`', '`vetting`');
  const stated = (column: string): ReadonlyMap<string, string> =>
    new Map(rows.map((row) => [row.get('what') ?? '', row.get(column) ?? '']));
  for (const [name, column] of [
    ['standard', 'limit'],
    ['strict', '`strict`'],
    ['vetting', '`vetting`'],
  ] as const) {
    const { limits, task_cpu_ms, recycle } = JSON.parse(
      readFileSync(join(PACKAGE_ROOT, `sandbox-profiles/${name}.json`), 'utf8'),
    );
    assert.deepEqual(
      [...stated(column)],
      [
        ['heap of an isolate', `${limits.heap_mb} MB`],
        ['memory of a cell', `${limits.rss_mb} MB`],
        ['CPU of a step', `${limits.cpu_ms / 1000} s`],
        ['CPU of all steps of a task', `${task_cpu_ms / 1000} s`],
        ['duration of a step', `${limits.wall_ms / 1000} s`],
        ['result', bytesText(limits.result_bytes)],
        ['argument of a handle call', bytesText(limits.argument_bytes)],
        ['depth of data from a guest', counted(limits.depth)],
        ['objects and arrays in it', counted(limits.nodes)],
        ['handle calls in flight', counted(limits.calls_in_flight)],
        ['handle calls in all', counted(limits.calls_total)],
        ['steps in one cell', counted(recycle.steps)],
        ['age of a cell', `${recycle.age_ms / 60_000} min`],
      ],
      name,
    );
  }
});

const bytesText = (bytes: number): string =>
  bytes < 1024 ** 2 ? `${bytes / 1024} KiB` : `${bytes / 1024 ** 2} MiB`;
const counted = (count: number): string => count.toLocaleString('en').replace(',', ' ');

test('README and SECURITY say how many system calls a cell keeps', () => {
  const { syscalls } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'sandbox-profiles/seccomp/cell.json'), 'utf8'),
  );
  const allowed = syscalls.flatMap((rule: { names: readonly string[]; action: string }) =>
    rule.action === 'SCMP_ACT_ALLOW' ? rule.names : [],
  );
  const count = `${new Set(allowed).size} system calls`;
  for (const text of [readme, documentAt('SECURITY.md')]) assert.ok(text.includes(count), count);
});

// The Markdown of the repository is what the demo reads. What the classifier takes for sensitive would hide a
// document from its own demonstration, or at least from a mode with a low ceiling.
test('no document looks sensitive to our own classifier', () => {
  for (const { path, text } of documents) assert.deepEqual(classify(text).kinds, [], path);
});
