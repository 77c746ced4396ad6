import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadedBy, type SourceFile, sourceFiles } from './source-files.ts';

const core = sourceFiles('core/**/*.ts');

// Each folder may import itself, its own row and every row below it.
const FLOORS: readonly (readonly string[])[] = [
  ['core/vocabulary'],
  ['core/protocol', 'core/linux', 'core/guest'],
  ['core/broker/policy', 'core/broker/plan', 'core/broker/grant'],
  ['core/broker/supervisor', 'core/broker/gateway', 'core/broker/catalog', 'core/broker/audit'],
  ['core/broker/execute'],
  ['core/broker/task'],
  ['core/broker/http'],
  ['core/broker/main'],
  // Only `doctor` puts up the spawner's lock as well; the spawner itself imports nothing between.
  ['core/spawner'],
  ['core/cli'],
];
const floorOf = (path: string): number =>
  FLOORS.findIndex((row) => row.some((folder) => path.startsWith(`${folder}/`)));
const folderOf = (path: string): string =>
  FLOORS.flat().find((folder) => path.startsWith(`${folder}/`)) ?? '';

const violations = (
  broken: (file: SourceFile, target: string, own: boolean) => boolean,
): readonly string[] =>
  core.flatMap((file) =>
    file.imports
      .filter(({ target, own }) => broken(file, target, own))
      .map(({ target }) => `${file.path} imports ${target}`),
  );

test('every folder of core has its place in the order', () => {
  const strangers = core.filter(
    ({ path }) => floorOf(path) === -1 && !path.startsWith('core/cell/'),
  );
  assert.deepEqual(
    strangers.map(({ path }) => path),
    [],
  );
});

test('imports of the broker and the command line point downward', () => {
  const upward = violations(
    (file, target, own) =>
      own &&
      target.startsWith('core/') &&
      floorOf(file.path) !== -1 &&
      (floorOf(target) === -1 || floorOf(target) > floorOf(file.path)),
  );
  assert.deepEqual(upward, []);
});

// Inside core/broker/task: what a task is, what keeps it, what changes it.
const TASK_FLOORS = ['core/broker/task/state', 'core/broker/task/ledger', 'core/broker/task/verbs'];
const taskFloorOf = (path: string): number => {
  const floor = TASK_FLOORS.findIndex((folder) => path.startsWith(`${folder}/`));
  return floor === -1 ? TASK_FLOORS.length : floor;
};

test('the parts of a task import downward: service, verbs, ledger, state', () => {
  const upward = violations(
    (file, target) =>
      file.path.startsWith('core/broker/task/') &&
      target.startsWith('core/broker/task/') &&
      taskFloorOf(target) > taskFloorOf(file.path),
  );
  assert.deepEqual(upward, []);
});

test('vocabulary imports nothing but itself, and no effect', () => {
  const out = violations(
    (file, target, own) =>
      folderOf(file.path) === 'core/vocabulary' &&
      (own
        ? !target.startsWith('core/vocabulary/') && !target.startsWith('schemas/')
        : !['node:crypto', 'node:url', 'ajv/dist/2020.js', 're2js', 'yaml'].includes(target)),
  );
  assert.deepEqual(out, []);
});

test('the cell imports protocol, linux, vocabulary and isolated-vm, and no other part of ours', () => {
  const allowed = ['core/cell/', 'core/protocol/', 'core/linux/', 'core/vocabulary/'];
  const out = violations(
    (file, target, own) =>
      file.path.startsWith('core/cell/') &&
      (own
        ? !allowed.some((folder) => target.startsWith(folder))
        : !target.startsWith('node:') && target !== 'isolated-vm'),
  );
  assert.deepEqual(out, []);
});

test('the spawner imports protocol, linux and vocabulary, and no other part of ours', () => {
  const allowed = ['core/spawner/', 'core/protocol/', 'core/linux/', 'core/vocabulary/'];
  const out = violations(
    (file, target, own) =>
      file.path.startsWith('core/spawner/') &&
      (own ? !allowed.some((folder) => target.startsWith(folder)) : !target.startsWith('node:')),
  );
  assert.deepEqual(out, []);
});

test('only the cell imports isolated-vm, only core/linux imports koffi, the guest imports only itself', () => {
  const out = violations(
    (file, target) =>
      (target === 'isolated-vm' && !file.path.startsWith('core/cell/')) ||
      (target === 'koffi' && !file.path.startsWith('core/linux/')) ||
      (file.path.startsWith('core/guest/') && !target.startsWith('core/guest/')),
  );
  assert.deepEqual(out, []);
});

// Modules that touch the world enter the broker through main/powers, so that a reader finds every effect
// in one folder, and a test can stop the process at each of them.
const EFFECTS = new Set(
  'fs fs/promises child_process net http https http2 tls dgram dns os worker_threads sqlite vm v8 cluster inspector repl'
    .split(' ')
    .flatMap((name) => [name, `node:${name}`]),
);
const ENTRIES = ['core/broker/main/entry.ts', 'core/broker/gateway/search/worker.ts'];

test('effectful modules enter the broker through main/powers alone', () => {
  const out = violations(
    (file, target) =>
      EFFECTS.has(target) &&
      file.path.startsWith('core/broker/') &&
      !file.path.startsWith('core/broker/main/powers/') &&
      !ENTRIES.includes(file.path),
  );
  const runtime = out.filter((line) => {
    const [path = '', , target = ''] = line.split(' ');
    const file = core.find((candidate) => candidate.path === path);
    return file?.imports.some((entry) => entry.target === target && entry.runs);
  });
  assert.deepEqual(runtime, []);
});

const AUTHOR_TOOLS = ['esbuild', 'json-schema-to-typescript', 'typescript', 'fast-check'];

test('what the broker loads holds no isolated-vm and no author tool, the cell neither broker nor tool', () => {
  const broker = loadedBy(core, 'core/broker/main/entry.ts');
  const cell = loadedBy(core, 'core/cell/main.ts');
  assert.ok(broker.size > 50 && cell.size > 5, 'both graphs were walked');
  for (const tool of AUTHOR_TOOLS) assert.ok(!broker.has(tool) && !cell.has(tool), tool);
  assert.ok(!broker.has('isolated-vm'));
  assert.deepEqual(
    [...cell].filter((path) => path.startsWith('core/broker/')),
    [],
  );
});

test('author tools are loaded by one file of the command line, which says so where they are not installed', () => {
  const out = violations(
    (file, target) => AUTHOR_TOOLS.includes(target) && file.path !== 'core/cli/kit/author-kit.ts',
  ).filter((line) => {
    const [path = '', , target = ''] = line.split(' ');
    const file = core.find((candidate) => candidate.path === path);
    return file?.imports.some((entry) => entry.target === target && entry.runs);
  });
  assert.deepEqual(out, []);
});
