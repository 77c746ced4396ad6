import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { readConfig } from '../../core/broker/main/config.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { NO_VARIABLE, OPTIONS, VARIABLES } from './switches.ts';

// A switch that takes a defence away is found by whoever has broken in, or stays on by mistake. So what the
// built program can be told is a closed list, and each entry of it has been looked at.

const BUILT = join(PACKAGE_ROOT, 'dist/core');
const built = globSync('**/*.js', { cwd: BUILT }).map((file) => ({
  file,
  text: readFileSync(join(BUILT, file), 'utf8'),
}));

const found = (pattern: RegExp): readonly string[] =>
  [
    ...new Set(
      built.flatMap(({ text }) => [...text.matchAll(pattern)].map(([, name = '']) => name)),
    ),
  ].sort();

const filesWith = (pattern: RegExp): readonly string[] =>
  built
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file)
    .sort();

test('the built program names exactly the variables that are listed', () => {
  assert.ok(built.length > 200, `found ${built.length} files`);
  const names = found(/['"`]([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)['"`]/g);
  assert.deepEqual(
    names.filter((name) => !NO_VARIABLE.test(name)),
    [...VARIABLES.keys()].sort(),
  );
});

test('the environment is read in few places, and by names that stand there', () => {
  assert.deepEqual(filesWith(/process\.env\b/), [
    'cell/main.js',
    'cli/become-broker.js',
    'cli/command-context.js',
    'cli/commands/audit.js',
    'cli/commands/plugin/firewall.js',
    'cli/commands/serve.js',
    'cli/doctor/examine.js',
    'cli/load-agent-policy.js',
    'cli/operator-context.js',
    'cli/probe/main.js',
  ]);
  // Whatever else reads a variable is given the environment, and reads it by `settingOf`.
  assert.deepEqual(filesWith(/\benv\[[^'\]]/), ['broker/main/config/values.js']);
  assert.deepEqual(found(/process\.env\.([A-Za-z_]+)/g), []);
});

test('the built program names exactly the options that are listed', () => {
  assert.deepEqual(found(/['"`](?:-[a-z], )?(--[a-z][a-z0-9-]*)/g), [...OPTIONS.keys()].sort());
});

test('the command line of a process is read in few places', () => {
  assert.deepEqual(filesWith(/process\.(?:argv|execArgv)\b/), [
    'cell/main.js',
    'cell/owned.js',
    'cli/become-broker.js',
    'cli/doctor/locked-process.js',
    'cli/kit/bench/main.js',
    'cli/main.js',
    'cli/probe/main.js',
    'spawner/main.js',
  ]);
});

// `doctor` tries what a weak spawner would be; it and `probe` give what they start a folder to read. Neither
// runs a task of anybody's.
test('what widens a wall is passed on by a weak start and by an examination alone', () => {
  assert.deepEqual(filesWith(/['"`]--weak['"`]/), [
    'broker/main/powers/spawner-launcher.js',
    'cell/cell-arguments.js',
    'cli/doctor/examine-spawner.js',
    'spawner/cell-command.js',
    'spawner/main.js',
  ]);
  assert.deepEqual(filesWith(/['"`]--readable/), ['cli/doctor/start-cells.js', 'spawner/main.js']);
  assert.deepEqual(filesWith(/['"`]SECAI_ALLOW_WEAK_SANDBOX['"`]/), [
    'broker/main/config/allowances.js',
    'cli/commands/serve.js',
  ]);
});

test('what weakens the agent is refused without development mode', () => {
  const weakening = [...VARIABLES].filter(([, effect]) => effect === 'weakens');
  assert.equal(weakening.length, 5);
  for (const [name] of weakening) {
    if (name === 'SECAI_DEV_MODE') continue;
    assert.throws(() => readConfig({ [name]: '1' }), {
      code: 'configuration',
      message: /only together with `SECAI_DEV_MODE=1`/,
    });
  }
});
