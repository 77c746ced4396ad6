import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseUsage } from '../../../core/broker/main/powers/process-stat.ts';
import { backOffMs } from '../../../core/broker/supervisor/back-off.ts';
import { reasonOfDeath } from '../../../core/broker/supervisor/death.ts';
import { STANDARD } from './job.ts';

const MB = 1024 * 1024;
const usage = (rss: number, peak = rss) => ({
  cpuMs: 0,
  rssBytes: rss * MB,
  peakRssBytes: peak * MB,
});

test('reasonOfDeath says memory only where the system saw memory', () => {
  const reason = (signal: string | null, last: number, peak = last): string =>
    reasonOfDeath({ code: null, signal }, usage(60), usage(last, peak), STANDARD.limits);
  assert.equal(reason('SIGABRT', 90), 'memory');
  assert.equal(reason('SIGTRAP', 60, 90), 'memory');
  assert.equal(reason('SIGABRT', 62), 'crash');
  assert.equal(reason('SIGKILL', 90), 'crash');
  assert.equal(reason('SIGKILL', 300), 'memory');
  assert.equal(reason(null, 60), 'crash');
  assert.equal(reason(null, 90), 'memory');
});

test('reasonOfDeath believes the count of the kernel, however little was seen before', () => {
  const exit = { code: null, signal: null, outOfMemory: true };
  assert.equal(reasonOfDeath(exit, usage(60), usage(60), STANDARD.limits), 'memory');
});

test('backOffMs lets a few deaths pass, then doubles up to half a minute', () => {
  assert.deepEqual([0, 3, 4, 5, 6, 50].map(backOffMs), [0, 0, 100, 200, 400, 30_000]);
});

test('parseUsage reads a process whose name looks like fields', () => {
  const stat = '7 (a) R 1 (x) S 1 7 7 0 -1 0 0 0 0 0 12 8 0 0 20 0 1 0 5';
  const status = 'Name:\ta\nVmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\n';
  assert.deepEqual(parseUsage(stat, status), {
    cpuMs: 200,
    rssBytes: MB,
    peakRssBytes: 2 * MB,
    threads: 1,
  });
  assert.equal(parseUsage(stat, 'Name:\ta\n'), undefined);
});

test('parseUsage counts what is in swap and the tables of the pages like what is resident', () => {
  const status = 'VmHWM:\t  2048 kB\nVmRSS:\t  1024 kB\nVmPTE:\t  3072 kB\nVmSwap:\t  1024 kB\n';
  const seen = parseUsage('7 (a) S 1 7 7 0 -1 0 0 0 0 0 12 8 0 0 20 0 1 0 5', status);
  assert.equal(seen?.rssBytes, 5 * MB);
  assert.equal(seen?.peakRssBytes, 5 * MB);
});
