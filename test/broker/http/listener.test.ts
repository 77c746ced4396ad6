import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { claimSocketPath } from '../../../core/broker/http/open-listener.ts';
import { makeSocketFilesPowers } from '../../../core/broker/main/powers/socket-files.ts';
import { startAgent } from './agent-over-socket.ts';

const folder = await mkdtemp(join(tmpdir(), 'secai-listener-'));
after(() => rm(folder, { recursive: true, force: true }));
const files = makeSocketFilesPowers();
const refusal = (problem: RegExp): object => ({ code: 'configuration', message: problem });

/** A socket file that nobody answers any more: made by a process that was killed. */
const leaveStaleSocket = (path: string): void => {
  const source = `require('net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', source]);
};

test('a missing parent folder is created for the owner and the group alone', async () => {
  const parent = join(folder, 'a', 'b');
  await claimSocketPath(join(parent, 'agent.sock'), files);
  assert.equal((await stat(parent)).mode & 0o027, 0);
});

test('a stale socket of ours is removed, and the agent listens', async () => {
  const path = join(folder, 'stale.sock');
  leaveStaleSocket(path);
  assert.ok((await stat(path)).isSocket());
  await using agent = await startAgent({ address: { kind: 'unix', path } });
  assert.equal((await agent.call({ path: '/health' })).status, 200);
});

test('a socket that is answered is left alone and refuses the start', async () => {
  const path = join(folder, 'live.sock');
  const other = createServer().listen(path);
  await assert.rejects(claimSocketPath(path, files), refusal(/another process listens at/));
  assert.ok((await stat(path)).isSocket());
  other.close();
});

test('a file, a folder and a symlink in the place of the socket are left alone and refuse the start', async () => {
  const file = join(folder, 'file');
  await writeFile(file, 'precious');
  await symlink(file, join(folder, 'link'));
  await mkdir(join(folder, 'dir'));
  for (const name of ['file', 'link', 'dir'])
    await assert.rejects(claimSocketPath(join(folder, name), files), refusal(/is not a socket/));
  assert.equal((await stat(file)).size, 8);
});

test('the socket of another user is left alone and refuses the start', async () => {
  const path = join(folder, 'foreign.sock');
  leaveStaleSocket(path);
  await assert.rejects(
    claimSocketPath(path, { ...files, ownUid: files.ownUid + 1 }),
    refusal(/socket of another user/),
  );
});

test('a folder in which everyone may write refuses the start, unless it is sticky', async () => {
  const open = join(folder, 'open');
  await mkdir(open);
  await chmod(open, 0o777);
  await assert.rejects(claimSocketPath(join(open, 's'), files), refusal(/everyone may write/));
  await chmod(open, 0o1777);
  await claimSocketPath(join(open, 's'), files);
});
