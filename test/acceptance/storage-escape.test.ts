import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { codeOf } from '../../core/broker/gateway/storage/unavailable.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from '../hazards/outside-world.ts';

const SWAP = fileURLToPath(new URL('./swap-folders.js', import.meta.url));
const LONG = process.env['SECAI_LONG'];
const RACE_MS = LONG === '1' ? 10_000 : 1_000;
const isRoot = process.geteuid?.() === 0;

describe('storage.escape', () => {
  it('every way out of a scope gives the same refusal, and nothing outside is read or written', async (test) => {
    const workspace = await openWorkspace(test);
    const { at, raw, docs, outside, base, put } = workspace;
    const secret = put('outside/secret', 'secret');
    symlinkSync(secret, join(docs, 'link'));
    symlinkSync(outside, join(docs, 'folder-link'));
    linkSync(secret, join(docs, 'hard'));
    execFileSync('mkfifo', [join(docs, 'fifo')]);
    mkdirSync(join(docs, 'mount'));
    const ways = [
      ...[raw('../outside/secret'), raw('a\0b'), raw('secret\0'), at('docs/link'), at('docs/hard')],
      ...[at('docs/folder-link/secret'), at('docs/fifo'), at('docs/missing/x')],
      { ...raw('secret'), root: outside, absolute: secret },
      { ...raw('passwd'), root: '/etc', absolute: '/etc/passwd' },
    ];
    if (isRoot) {
      execFileSync('mknod', [join(docs, 'device'), 'c', '1', '5']);
      ways.push(at('docs/device'), at('docs/mount'), at('docs/mount/secret'));
    }
    const before = fingerprint(base);
    if (isRoot) execFileSync('mount', ['--bind', outside, join(docs, 'mount')]);
    try {
      for (const way of ways) await assertNoWayIn(workspace, way, way.absolute);
    } finally {
      if (isRoot) execFileSync('umount', [join(docs, 'mount')]);
    }
    assert.equal(fingerprint(base), before);
    await assertStillServes(workspace);
  });

  it('a folder that is swapped for a link all the time never leads out', async (test) => {
    const workspace = await openWorkspace(test);
    const { gateway, access, at, docs, outside, put } = workspace;
    put('docs/real/a', 'inside');
    put('outside/a', 'outside');
    symlinkSync(outside, join(docs, 'link'));
    const swapper = spawn(process.execPath, [SWAP, join(docs, 'real'), join(docs, 'link')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const tally = { inside: 0, refused: 0, written: 0 };
    try {
      await once(swapper.stdout, 'data');
      const end = performance.now() + RACE_MS;
      for (let n = 0; performance.now() < end; n += 1) {
        try {
          const { content } = await gateway.read(at('docs/real/a'), access, { encoding: 'text' });
          assert.equal(content, 'inside');
          tally.inside += 1;
          await gateway.create(at(`docs/real/new-${n}`), access, Buffer.from('new'));
          tally.written += 1;
        } catch (thrown) {
          assert.equal(codeOf(thrown), 'not_available', String(thrown));
          tally.refused += 1;
        }
      }
    } finally {
      swapper.kill('SIGKILL');
      await once(swapper, 'close');
    }
    // The race really ran: both sides of the swap were met.
    assert.ok(tally.inside > 0 && tally.refused > 0 && tally.written > 0, JSON.stringify(tally));
    assert.deepEqual(readdirSync(outside), ['a']);
    test.diagnostic(JSON.stringify(tally));
  });
});
