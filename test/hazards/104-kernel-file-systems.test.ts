import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { FILE_REFUSED, openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes } from './outside-world.ts';

// Attack 104. The audit record of a refused step is asserted where steps are executed.
const KERNEL = ['/proc', '/proc/self', '/proc/1', '/sys', '/sys/fs/cgroup', '/dev', '/dev/fd'];

it('no folder that the kernel makes up becomes a scope, whatever the configuration says', async (test) => {
  const workspace = await openWorkspace(test, { roots: KERNEL });
  for (const root of KERNEL) {
    assert.ok(
      workspace.logged.some((line) => line.includes(`"${root}"`)),
      root,
    );
    for (const relative of [
      'environ',
      'mem',
      'exe',
      'fd/0',
      'root/etc/passwd',
      'self/environ',
      'zero',
    ]) {
      const resource = { ...workspace.raw(''), root, relative, absolute: `${root}/${relative}` };
      const access = { ...workspace.access, readable: [root], writable: [root] };
      await assertNoWayIn({ ...workspace, access }, resource, `${root}/${relative}`);
    }
  }
  await assertStillServes(workspace);
});

it('a link into /proc is refused like any other', async (test) => {
  const workspace = await openWorkspace(test);
  for (const name of ['environ', 'mem', 'exe', 'cwd', 'root', 'fd']) {
    symlinkSync(`/proc/self/${name}`, join(workspace.docs, name));
    await assertNoWayIn(workspace, workspace.at(`docs/${name}`), name);
  }
  await assertNoWayIn(workspace, workspace.at('docs/root/etc/passwd'), 'root');
});

const root = process.geteuid?.() === 0 ? false : 'only root can mount';
it('a /proc that is mounted inside the scope is refused', { skip: root }, async (test) => {
  const workspace = await openWorkspace(test);
  const { gateway, access, at, docs } = workspace;
  const mounted = join(docs, 'proc');
  mkdirSync(mounted);
  execFileSync('mount', ['-t', 'proc', 'proc', mounted]);
  try {
    for (const name of ['proc', 'proc/self/environ', 'proc/version', 'proc/1/root/etc/passwd'])
      await assertNoWayIn(workspace, at(`docs/${name}`), name);
    assert.deepEqual((await gateway.list(at('docs'), access, {})).entries, []);
    await assert.rejects(
      gateway.read(at('docs/proc/version'), access, { encoding: 'text' }),
      FILE_REFUSED,
    );
    assert.ok(workspace.logged.some((line) => line.includes('EXDEV')));
  } finally {
    execFileSync('umount', [mounted]);
  }
  await assertStillServes(workspace);
});
