import assert from 'node:assert/strict';
import { test } from 'node:test';
import { makeTempLog } from '../broker/audit/temp-log.ts';

// Attack 180 at the layer of the log: text of a plugin reaches an entry's data. That the next task
// still runs is asserted where tasks run; here the next entry is.
const BREAKOUTS = [
  '"}\n{"timestamp":"2026-01-01T00:00:00.000000+00:00","event":"task_completed","data":{}',
  '\r\n\u2028\u2029\u0085\u000b\u000c\0',
  '\u001b[2J\u001b]0;owned\u0007\u009b31m',
  '"},"event":"service_started","prev_hash":"","entry_hash":"","algorithm":"sha256"}',
  '\\"\\\\\\u000a',
  '\ud800\udfff\udc00 \u202e \ufeff \u007f',
];

test('text of a plugin cannot end its entry, forge another, or reach a terminal', async (t) => {
  const temp = makeTempLog(t);
  const log = await temp.open();
  for (const text of BREAKOUTS) {
    await log.append({
      event: 'step_failed',
      data: { source: 'guest', error: text, [text]: text },
    });
  }
  await log.append({ event: 'note', data: {} });
  await log.close();

  assert.match(temp.text(), /^([ -~]+\n)+$/, 'printable ASCII and line breaks alone');
  const entries = temp.entries();
  assert.deepEqual(
    entries.map(({ event }) => event),
    [...BREAKOUTS.map(() => 'step_failed'), 'note'],
  );
  BREAKOUTS.forEach((text, i) => {
    assert.deepEqual(entries[i]?.data, { source: 'guest', error: text, [text]: text });
  });
  const { valid, entries: counted } = await temp.verify();
  assert.deepEqual([valid, counted], [true, BREAKOUTS.length + 1]);
  await (await temp.open()).close();
});
