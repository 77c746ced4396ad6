import assert from 'node:assert/strict';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { isOver, startAgentIn } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { runCommand } from '../harness/cli.ts';

const COPIED = ['dist', 'plugins', 'sandbox-profiles', 'schemas', 'package.json'];
const LEFT_OUT = join(PACKAGE_ROOT, 'dist/test');

/** The packages that an install without devDependencies has; the Node that runs this is outside. */
const runtimePackages = (): readonly string[] => {
  const { packages }: { packages: Record<string, { readonly dev?: boolean }> } = JSON.parse(
    readFileSync(join(PACKAGE_ROOT, 'package-lock.json'), 'utf8'),
  );
  return Object.entries(packages)
    .filter(([path, { dev = false }]) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(path) && !dev)
    .map(([path]) => path)
    .filter((path) => !path.startsWith('node_modules/node-linux-'));
};

test('kit.absent: without devDependencies the daemon runs a task, and each command of the kit says what to install', async (t) => {
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'secai-no-kit-'));
  t.after(() => rmSync(root, { recursive: true }));
  // Cells of an agent that root started are ordinary users, and load from here.
  chmodSync(root, 0o755);
  const copy = (name: string): void => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    cpSync(join(PACKAGE_ROOT, name), join(root, name), {
      recursive: true,
      filter: (path) => path !== LEFT_OUT,
    });
  };
  for (const name of COPIED) copy(name);
  const packages = runtimePackages();
  assert.ok(
    packages.includes('node_modules/fastify') && !packages.includes('node_modules/esbuild'),
  );
  // A package for another machine is in the list and not on the disk.
  for (const name of packages) {
    try {
      copy(name);
    } catch (thrown) {
      if (!(thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')) throw thrown;
    }
  }
  const main = join(root, 'dist/core/cli/main.js');

  const folder = await makeAgentFolder(t, { documents: { 'a.md': 'the one line\n' } });
  const agent = await startAgentIn(t, folder, [main, 'serve']);
  const { task_id } = await agent.submit('summarize user_docs/a.md');
  const task = await agent.until(String(task_id), isOver);
  assert.equal(task['status'], 'completed', JSON.stringify(task));
  await agent.stop();

  const plugin = join(root, 'plugins/search');
  const commands: readonly (readonly string[])[] = [
    ['new', join(root, 'example')],
    ['types', plugin],
    ['build', plugin],
    ['test', plugin],
  ];
  for (const command of commands) {
    const { code, out, err } = await runCommand(process.execPath, [main, 'plugin', ...command]);
    assert.equal(code, 5, `${command.join(' ')}: ${out}${err}`);
    assert.match(err, new RegExp(`\`plugin ${command[0]}\` needs the author kit`));
    assert.match(
      err,
      /npm install --no-save --ignore-scripts esbuild@\d+\.\d+\.\d+ json-schema-to-typescript@\d\S+ typescript@\d\S+/,
    );
  }
});
