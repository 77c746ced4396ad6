import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { type Canaries, plantCanaries } from '../../../core/cli/probe/canaries.ts';
import { makeRangeFolder, type RangeFolder } from '../../../core/cli/probe/range-folder.ts';

const planted = async (t: TestContext): Promise<readonly [RangeFolder, Canaries]> => {
  const folder = await makeRangeFolder();
  const canaries = await plantCanaries(folder);
  t.after(async () => {
    await canaries.close();
    await folder.remove();
  });
  canaries.arm();
  return [folder, canaries];
};

const names = (canaries: Canaries, told = ''): readonly string[] =>
  canaries.moves(told).map(({ canary, what }) => `${canary}: ${what}`);

test('canaries that nobody touched have not moved, and looking at them moves none', async (t) => {
  const [, canaries] = await planted(t);
  for (let times = 0; times < 3; times += 1) {
    assert.deepEqual(names(canaries, 'nothing'), []);
    canaries.arm();
  }
});

test('a file that somebody read has moved, where the file system keeps the time', async (t) => {
  const [folder, canaries] = await planted(t);
  const { atimeMs } = statSync(folder.secretFile);
  readFileSync(folder.secretFile);
  if (statSync(folder.secretFile).atimeMs === atimeMs) return t.skip('it keeps no time of access');
  assert.deepEqual(names(canaries), ['file: it was read']);
  canaries.arm();
  assert.deepEqual(names(canaries), []);
});

test('a change of the file, of its mode or beside it has moved it', async (t) => {
  const [folder, canaries] = await planted(t);
  const changed = ['file: `secret.txt` changed'];
  appendFileSync(folder.secretFile, 'x');
  assert.deepEqual(names(canaries), changed);
  canaries.arm();
  chmodSync(folder.secretFile, 0o600);
  assert.deepEqual(names(canaries), changed);
  canaries.arm();
  writeFileSync(join(dirname(folder.secretFile), 'new'), '');
  assert.deepEqual(names(canaries), ['file: `outside` changed', 'file: `new` changed']);
});

test('a visit at either socket is seen, and a secret that it brought', async (t) => {
  const [folder, canaries] = await planted(t);
  const visit = async (where: { path: string } | { port: number; host: string }) => {
    const socket = connect(where);
    await once(socket, 'connect');
    socket.end(`${folder.secrets[0]?.text}`);
    await once(socket, 'close');
  };
  await visit({ path: folder.listener });
  assert.deepEqual(names(canaries), [
    'unix_socket: somebody connected',
    'environment: its secret was told',
  ]);
  canaries.arm();
  await visit({ port: Number(canaries.places['tcp_socket']), host: '127.0.0.1' });
  assert.equal(names(canaries)[0], 'tcp_socket: somebody connected');
});

test('each secret is found in what was told', async (t) => {
  const [folder, canaries] = await planted(t);
  const told = folder.secrets.map(({ text }) => text).join(' ');
  assert.deepEqual(names(canaries, told), [
    'environment: its secret was told',
    'file: its secret was told',
    'other_task: its secret was told',
  ]);
});
