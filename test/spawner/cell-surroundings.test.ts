import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { cellsOf } from '../harness/cell-source.ts';

// What a cell finds around itself, told by a program in its place, before any lock of its own.
const TELL = `
import fs from 'node:fs';
import os from 'node:os';
import net from 'node:net';
const fds = fs.readdirSync('/proc/self/fd').flatMap((fd) => {
  try { return [[fd, fs.readlinkSync('/proc/self/fd/' + fd)]]; } catch { return []; }
});
const attempt = (act) => { try { act(); return 'done'; } catch (e) { return e.code; } };
const told = {
  env: process.env, cwd: process.cwd(), args: process.argv.slice(2), flags: process.execArgv,
  fds: fds.filter(([, to]) => !/^anon_inode|^pipe/.test(to) ),
  stdio: fds.filter(([fd]) => Number(fd) < 4).map(([, to]) => to.replace(/\\d+/, 'N')),
  rings: fds.filter(([, to]) => to.includes('io_uring')).length,
  nice: os.getPriority(),
  uid: process.getuid(), gid: process.getgid(), groups: process.getgroups(),
  passwd: attempt(() => fs.readFileSync('/etc/passwd')),
  write: attempt(() => fs.writeFileSync('/tmp/spawner-cell', '')),
};
const channel = new net.Socket({ fd: 3 });
channel.end(JSON.stringify(told) + '\\n');
process.stdout.write('x'.repeat(1e6));
process.stderr.write('first complaint\\nsecond\\n', () => process.exit(3));
`;

const programIn = (t: TestContext, source: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'spawner-program-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'cell.mjs'), source);
  chmodSync(folder, 0o755);
  return join(folder, 'cell.mjs');
};

test('a cell starts with nothing of its broker: no environment, no descriptor, no ring, no privilege', async (t) => {
  const cells = cellsOf(programIn(t, TELL));
  t.after(() => cells.close());
  const cell = await cells.launch('vetting');
  let text = '';
  cell.channel.on('data', (chunk: Buffer) => {
    text += chunk.toString('utf8');
  });
  const exit = await cell.exited;
  const told = JSON.parse(text);
  assert.deepEqual(exit, { code: 3, signal: null, said: 'first complaint' });
  assert.deepEqual(told.env, {});
  assert.equal(told.cwd, '/');
  assert.equal(told.args[0], 'vetting');
  assert.match(told.args[1], /^--core=\d+$/);
  assert.ok(told.flags.includes('--jitless'));
  assert.deepEqual(told.stdio, ['/dev/null', 'pipe:[N]', 'pipe:[N]', 'socket:[N]']);
  assert.deepEqual(
    told.fds.map(([, to]: readonly [string, string]) => to.replace(/\d+/, 'N')),
    ['/dev/null', 'socket:[N]'],
  );
  assert.equal(told.rings, 0);
  assert.equal(told.nice, 10);
  assert.equal(told.passwd, 'EACCES');
  assert.equal(told.write, 'EACCES');
  if (process.getuid?.() === 0) {
    assert.deepEqual([told.uid, told.gid], [65_534, 65_534]);
    // Node names the group itself among them.
    assert.deepEqual(told.groups, [65_534]);
  } else assert.equal(told.uid, process.getuid?.());
});

test('cells are spread over the cores by turns', async (t) => {
  const source = `
    import net from 'node:net';
    new net.Socket({ fd: 3 }).end(process.argv.at(-1));
  `;
  const cells = cellsOf(programIn(t, source));
  t.after(() => cells.close());
  const told: string[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    const cell = await cells.launch('standard');
    cell.channel.on('data', (chunk: Buffer) => told.push(chunk.toString('utf8')));
    await cell.exited;
  }
  assert.equal(told.length, 4);
  assert.equal(told[0], told[2]);
  assert.equal(told[1], told[3]);
});
