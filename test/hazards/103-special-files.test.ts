import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { it } from 'node:test';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 103: opening a FIFO without a writer waits for ever, a device has effects, /dev/zero never ends.
// The audit record of a refused step is asserted where steps are executed.
it('a FIFO, a socket and a device are refused at once, in every way', async (test) => {
  const workspace = await openWorkspace(test);
  const { gateway, access, at, docs, base } = workspace;
  const names = ['fifo', 'socket'];
  execFileSync('mkfifo', [join(docs, 'fifo')]);
  const server = createServer().listen(join(docs, 'socket'));
  await once(server, 'listening');
  test.after(() => server.close());
  // Only root makes devices; an ordinary user cannot be attacked with one that it made.
  if (process.geteuid?.() === 0) {
    execFileSync('mknod', [join(docs, 'zero'), 'c', '1', '5']);
    execFileSync('mknod', [join(docs, 'block'), 'b', '7', '0']);
    names.push('zero', 'block');
  }
  const before = fingerprint(base);
  const started = performance.now();
  for (const name of names) await assertNoWayIn(workspace, at(`docs/${name}`), name);
  assert.ok(performance.now() - started < 10_000);
  const { entries } = await gateway.list(at('docs'), access, {});
  assert.deepEqual(entries, []);
  assert.equal(fingerprint(base), before);
  await assertStillServes(workspace);
});
