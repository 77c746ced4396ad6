import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

const LONG = process.env['SECAI_LONG'] === '1';
const run = promisify(execFile);

/** The environment of somebody who has just logged in: nothing of the npm that runs this test. */
const freshEnvironment = (cache: string): NodeJS.ProcessEnv => {
  const entries = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(?!config_registry)|NODE_|SECAI_|INIT_CWD)/.test(name),
  );
  const path = (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':');
  return { ...Object.fromEntries(entries), PATH: path, npm_config_cache: cache };
};

// The short run takes the packages that lie here; the long one installs them into an empty cache.
test(`demo.fresh_clone: a clone in an empty folder builds and runs the demo${LONG ? ' from an empty cache' : ''}`, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'clone-'));
  // Where root runs the agent its cells are nobody, who must be able to read the program.
  await chmod(folder, 0o755);
  t.after(() => rm(folder, { recursive: true, force: true }));
  const clone = join(folder, 'clone');
  const env = freshEnvironment(join(folder, 'cache'));
  const inClone = { cwd: clone, env, maxBuffer: 64 * 1024 * 1024 };
  await run('git', ['clone', '--quiet', PACKAGE_ROOT, clone], { env });
  if (LONG) await run('npm', ['ci'], inClone);
  else await symlink(join(PACKAGE_ROOT, 'node_modules'), join(clone, 'node_modules'));

  const demo = await run('npm', ['run', 'demo'], inClone);
  assert.match(demo.stdout, /valid: \d+ entries/);
  const outputs = /written files stay in (\S+)\/outputs/.exec(demo.stdout)?.[1] ?? '';
  t.after(() => rm(outputs, { recursive: true, force: true }));
  if (!LONG) return;
  await run('npm', ['run', 'types'], inClone);
  await run('npm', ['run', 'build'], inClone);
});
