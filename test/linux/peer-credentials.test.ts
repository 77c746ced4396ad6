import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, openSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { peerCredentials } from '../../core/linux/peer-credentials.ts';

it('the credentials of a peer are those of the process that connected', async (test) => {
  const folder = mkdtempSync(join(tmpdir(), 'peer-'));
  const server = createServer();
  server.listen(join(folder, 'socket'));
  await once(server, 'listening');
  const client = connect(join(folder, 'socket'));
  const [accepted]: Socket[] = await once(server, 'connection');
  test.after(() => {
    client.destroy();
    accepted?.destroy();
    server.close();
    rmSync(folder, { recursive: true });
  });
  const handle: unknown = Reflect.get(accepted ?? {}, '_handle');
  const descriptor: unknown = Reflect.get(Object(handle), 'fd');
  assert.equal(typeof descriptor, 'number');
  assert.deepEqual(peerCredentials(Number(descriptor)), {
    pid: process.pid,
    uid: process.getuid?.(),
    gid: process.getgid?.(),
  });
});

it('a descriptor that is no socket has no peer', () => {
  assert.throws(() => peerCredentials(openSync('/dev/null', 'r')), { code: 'ENOTSOCK' });
});
