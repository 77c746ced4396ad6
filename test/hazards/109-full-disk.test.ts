import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { codeOf } from '../../core/broker/gateway/storage/unavailable.ts';
import { openWorkspace, refusal } from '../broker/gateway/storage/workspace.ts';

// Attack 109 with a real small disk. What happens when the disk of the audit log or the store is the full one is
// asserted on the whole agent, as attack 184.
const skip = process.geteuid?.() === 0 ? false : 'only root can mount';

it('a full disk refuses writes, keeps what there was, and leaves nothing half written', {
  skip,
}, async (t) => {
  let small = '';
  const workspace = await openWorkspace(t, {
    roots: ['small'],
    prepare: (base) => {
      small = join(base, 'small');
      mkdirSync(small);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]);
    },
  });
  try {
    const { gateway, raw } = workspace;
    const access = { readable: [small], writable: [small], ceiling: 'high' } as const;
    const at = (relative: string) => ({
      ...raw(''),
      root: small,
      relative,
      absolute: `${small}/${relative}`,
    });
    await gateway.create(at('kept'), access, Buffer.from('kept'));
    const large = Buffer.alloc(512 * 1024, 'x');
    const full = refusal('storage_failed', 'storage failed');
    await assert.rejects(gateway.create(at('large'), access, large), full);
    await assert.rejects(gateway.replace(at('kept'), access, large), full);
    writeFileSync(join(small, 'filler'), '');
    assert.equal(fill(join(small, 'filler')), 'ENOSPC');
    await assert.rejects(gateway.create(at('new'), access, Buffer.from('text')), full);
    assert.deepEqual(readdirSync(small).sort(), ['filler', 'kept']);
    assert.equal(readFileSync(join(small, 'kept'), 'utf8'), 'kept');
    // What reads nothing new goes on, and so does writing once there is room.
    assert.equal((await gateway.read(at('kept'), access, { encoding: 'text' })).content, 'kept');
    rmSync(join(small, 'filler'));
    await gateway.create(at('new'), access, Buffer.from('text'));
  } finally {
    await workspace.gateway.close();
    execFileSync('umount', [small]);
  }
});

const fill = (file: string): string => {
  try {
    for (;;) writeFileSync(file, Buffer.alloc(4096, 'x'), { flag: 'a' });
  } catch (thrown) {
    return codeOf(thrown);
  }
};
