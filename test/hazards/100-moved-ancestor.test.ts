import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { FILE_REFUSED, openWorkspace } from '../broker/gateway/storage/workspace.ts';

// Attack 100: the folder leaves the scope while a file in it is being written. The move is made at the
// worst moment, after the bytes are durable and before the name appears. The audit record of a refused
// step is asserted where steps are executed.
for (const replaced of [false, true])
  it(`a write whose folder was moved away${replaced ? ' and replaced' : ''} leaves nothing anywhere`, async (test) => {
    let move = (): void => undefined;
    const { gateway, access, at, put, docs, outside } = await openWorkspace(test, {
      files: (real) => ({
        ...real,
        sync: async (descriptor) => {
          await real.sync(descriptor);
          move();
        },
      }),
    });
    put('docs/sub/kept', 'kept');
    move = () => {
      move = () => undefined;
      renameSync(join(docs, 'sub'), join(outside, 'sub'));
      if (replaced) mkdirSync(join(docs, 'sub'));
    };
    await assert.rejects(gateway.create(at('docs/sub/a'), access, Buffer.from('a')), FILE_REFUSED);
    assert.deepEqual(readdirSync(join(outside, 'sub')), ['kept']);
    if (replaced) assert.deepEqual(readdirSync(join(docs, 'sub')), []);
  });
