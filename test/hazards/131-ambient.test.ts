import assert from 'node:assert/strict';
import { existsSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { runOwned } from '../harness/run-owned.ts';

// That a descriptor without close-on-exec reaches no cell is asserted with the spawner, and that a cell which
// found one would not serve, with attack 203.

// What a session gives each of its processes.
const AMBIENT = {
  SSH_AUTH_SOCK: '/tmp/ssh-agent',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/0/bus',
  XDG_RUNTIME_DIR: '/run/user/0',
  AWS_SECRET_ACCESS_KEY: 'key',
  HOME: '/root',
};
Object.assign(process.env, AMBIENT);
const range = await openHazardRange({ after });

test('a guest finds nothing that is simply there', async () => {
  assertContained(await range.attack({ script: '131-ambient' }));
});

test('a cell has an empty environment, no folder, no arguments but its own, and one socket', async () => {
  const kept = openSync('/etc/hostname', 'r');
  const server = createServer().listen(0, '127.0.0.1');
  after(() => server.close());
  assert.ok(kept > 2);
  const [pid = 0] = range.broker.cellPids();
  const proc = `/proc/${pid}`;
  const root = process.geteuid?.() === 0;
  // Nobody but root may look: a cell is not dumpable. There the words of the cell itself say it, below.
  if (root) {
    const environment = readFileSync(join(proc, 'environ'), 'utf8');
    assert.equal(environment, '');
    assert.equal(readlinkSync(join(proc, 'cwd')), '/');
    const kinds = readdirSync(join(proc, 'fd')).map((fd) =>
      readlinkSync(join(proc, 'fd', fd)).replace(/:\[?\d+\]?$/, ''),
    );
    assert.deepEqual([...new Set(kinds)].sort(), [
      '/dev/null',
      'anon_inode:[eventfd]',
      'anon_inode:[eventpoll]',
      'pipe',
      'socket',
    ]);
    assert.equal(kinds.filter((kind) => kind === 'socket').length, 1);
  }
  const words = readFileSync(join(proc, 'cmdline'), 'utf8').split('\0').slice(1, -1);
  const own = /^(--[a-z0-9=-]+|standard|\/.*\/dist\/core\/cell\/main\.js)$/;
  assert.deepEqual(
    words.filter((word) => !own.test(word)),
    [],
  );
});

test('code that owns its cell reads no more than that', async () => {
  const text = `
    const attempt = (act) => { try { return act(); } catch (error) { return error.code; } };
    report(JSON.stringify({
      env: { ...process.env },
      folder: attempt(() => process.cwd()),
      words: process.argv.slice(2),
      user: attempt(() => process.getBuiltinModule('node:os').userInfo().username),
      agent: attempt(() => process.getBuiltinModule('node:fs').readdirSync('/run/user')),
    }));`;
  const { reports, ended } = await runOwned({ kind: 'script', text });
  assert.equal(ended, 'returned undefined');
  const { env, folder, words, agent } = JSON.parse(reports[0] ?? '{}');
  // the time zone that every guest has is the cell's own word
  assert.deepEqual(
    Object.keys(env).filter((name) => name !== 'TZ'),
    [],
  );
  assert.ok(folder === '/' || folder === 'EPERM', folder);
  assert.deepEqual(
    words.filter((word: string) => !/^(standard|--core=\d+)$/.test(word)),
    [],
  );
  assert.equal(agent, 'EPERM');
  assert.ok(existsSync('/proc/self/environ'));
});
