import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runOwned } from '../harness/run-owned.ts';

const PRINT = `
  const page = new Uint8Array(4096).fill(65);
  const until = performance.now() + 5000;
  for (const fd of [1, 2]) {
    let printed = 0;
    let answer = { value: 0, errno: null };
    while (answer.errno !== 'EPIPE' && performance.now() < until) {
      answer = syscall(numbers.get('write'), fd, page, page.length);
      if (answer.errno === null) printed += Number(answer.value);
    }
    report(fd + ' ' + answer.errno + ' ' + printed);
  }`;

test('a cell that prints without end is heard no longer, and the spawner goes on', async () => {
  const { reports, ended } = await runOwned({ kind: 'script', text: PRINT });
  assert.equal(ended, 'returned undefined');
  assert.deepEqual(
    reports.map((line) => line.split(' ').slice(0, 2).join(' ')),
    ['1 EPIPE', '2 EPIPE'],
  );
  for (const line of reports) assert.ok(Number(line.split(' ')[2]) < 1024 * 1024, line);
  const next = await runOwned({ kind: 'script', text: 'return 7;' });
  assert.equal(next.ended, 'returned 7');
});
