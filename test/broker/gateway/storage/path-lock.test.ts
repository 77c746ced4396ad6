import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makePathLock } from '../../../../core/broker/gateway/storage/path-lock.ts';

describe('path lock', () => {
  it('runs work on one path in order and work on another beside it', async () => {
    const locked = makePathLock();
    const events: string[] = [];
    const gate = Promise.withResolvers<void>();
    const first = locked('/a', async () => {
      await gate.promise;
      events.push('a1');
    });
    const second = locked('/a', async () => void events.push('a2'));
    await locked('/b', async () => void events.push('b'));
    gate.resolve();
    await Promise.all([first, second]);
    assert.deepEqual(events, ['b', 'a1', 'a2']);
  });

  it('lets the next go on after a failure', async () => {
    const locked = makePathLock();
    const failed = locked('/a', () => Promise.reject(new Error('first')));
    const next = locked('/a', async () => 'next');
    await assert.rejects(failed, /first/);
    assert.equal(await next, 'next');
  });
});
