import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';

const POWER = new URL('../../../../core/broker/main/powers/search-worker.js', import.meta.url).href;

const PROGRAM = `
  const { makeSearchWorkerPowers } = await import(${JSON.stringify(POWER)});
  const replies = [];
  const thread = makeSearchWorkerPowers().start({
    reply: (reply) => {
      replies.push(reply);
      if (replies.length === 3) thread.terminate();
    },
    ended: () => console.log(JSON.stringify(replies)),
  });
  const put = [{ row: 7, name: 'a', body: 'Alpha runs.' }];
  thread.post({ id: 1, call: { kind: 'open', index: 1 } });
  thread.post({ id: 2, call: { kind: 'change', index: 1, drop: [], put } });
  thread.post({ id: 3, call: { kind: 'find', index: 1, terms: ['alpha'], limit: 5 } });
`;

test('the index thread works in a process without a compiler and without environment', async () => {
  const args = ['--jitless', '--input-type=module', '--eval', PROGRAM];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: {} });
  const replies: { id: number; kind: string; found: { row: number }[] }[] = JSON.parse(stdout);
  assert.deepEqual(
    replies.map(({ id, kind }) => [id, kind]),
    [
      [1, 'done'],
      [2, 'done'],
      [3, 'done'],
    ],
  );
  assert.equal(replies[2]?.found[0]?.row, 7);
});
