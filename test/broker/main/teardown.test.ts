import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTeardown } from '../../../core/broker/main/teardown.ts';

test('close() asks every part in the opposite order, also behind one that fails, and throws its failure', async () => {
  const { onClose, close } = makeTeardown();
  const closed: string[] = [];
  onClose(() => void closed.push('store'));
  onClose(async () => {
    closed.push('log');
    throw new Error('the log');
  });
  onClose(async () => void closed.push('cells'));
  onClose(() => {
    throw new Error('the socket');
  });
  await assert.rejects(close, /the socket/);
  assert.deepEqual(closed, ['cells', 'log', 'store']);
  await close();
});
