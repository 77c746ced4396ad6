import assert from 'node:assert/strict';
import { appendFileSync, truncateSync } from 'node:fs';
import { it } from 'node:test';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertStillServes } from './outside-world.ts';

// Attack 108. What has no end at all (a FIFO, /dev/zero, /proc) is refused as attacks 103 and 104.

it('a file that grows with every read of it is read to the length that it had when it was opened', async (t) => {
  let grow = (): void => {};
  const workspace = await openWorkspace(t, {
    files: (real) => ({
      ...real,
      read: async (descriptor, into, position) => {
        grow();
        return real.read(descriptor, into.subarray(0, Math.min(into.length, 1000)), position);
      },
    }),
  });
  const { gateway, access, at, put } = workspace;
  const file = put('docs/growing', 'a'.repeat(5000));
  let grown = 0;
  grow = () => {
    grown += 1;
    appendFileSync(file, 'b'.repeat(100_000));
  };
  const { content, size } = await gateway.read(at('docs/growing'), access, { encoding: 'text' });
  assert.deepEqual([size, content], [5000, 'a'.repeat(5000)]);
  assert.equal(grown, 5, 'it grew while it was read');
  grow = () => {};
  await assertStillServes(workspace);
});

it('a file that shrinks while it is read ends where it ends', async (t) => {
  let shrink = (): void => {};
  const workspace = await openWorkspace(t, {
    files: (real) => ({
      ...real,
      read: async (descriptor, into, position) => {
        const got = await real.read(
          descriptor,
          into.subarray(0, Math.min(into.length, 1000)),
          position,
        );
        shrink();
        return got;
      },
    }),
  });
  const { gateway, access, at, put } = workspace;
  const file = put('docs/shrinking', 'a'.repeat(5000));
  shrink = () => truncateSync(file, 1000);
  const { content } = await gateway.read(at('docs/shrinking'), access, { encoding: 'text' });
  assert.equal(content, 'a'.repeat(1000));
  shrink = () => {};
  await assertStillServes(workspace);
});
