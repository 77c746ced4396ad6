import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notBefore, toTimestamp } from '../../../core/broker/audit/timestamp.ts';
import { makeTempLog } from './temp-log.ts';

test('toTimestamp prints UTC with microseconds', () => {
  assert.equal(toTimestamp(0), '1970-01-01T00:00:00.000000+00:00');
  assert.equal(toTimestamp(1_754_042_400_123.25), '2025-08-01T10:00:00.123250+00:00');
});

test('notBefore keeps the later of two times', () => {
  const [early, late] = [toTimestamp(1000), toTimestamp(2000)];
  assert.equal(notBefore(late, early), late);
  assert.equal(notBefore(early, late), late);
  assert.equal(notBefore('', early), early);
});

test('entries never go back in time when the clock does, also across a restart', async (t) => {
  const log = makeTempLog(t);
  const clock = [5000, 3000, 6000];
  const first = await log.open({ now: () => clock.shift() ?? 0 });
  for (let i = 0; i < 3; i += 1) first.record({ event: 'note', data: {} });
  await first.close();
  const second = await log.open({ now: () => 1000 });
  await second.append({ event: 'note', data: {} });
  await second.close();
  assert.deepEqual(
    log.entries().map(({ timestamp }) => timestamp),
    [5000, 5000, 6000, 6000].map(toTimestamp),
  );
});
