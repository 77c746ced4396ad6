import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeOf } from '../../../core/broker/supervisor/result.ts';
import { STANDARD } from './job.ts';

const read = (log: string, result = '{"ok":{}}') =>
  outcomeOf(`${result}\n${log}`, 1, STANDARD.limits);
const logOf = (lines: readonly unknown[], dropped: unknown = 0): string =>
  JSON.stringify({ lines, dropped });

test('a log is read beside every kind of result, and counts to none of its bytes', () => {
  assert.deepEqual(read(logOf(['a'], 3)), {
    kind: 'completed',
    output: {},
    bytes: 2 + '{"ok":}'.length - 7,
    cpuMs: 1,
    log: { lines: ['a'], dropped: 3 },
  });
  assert.deepEqual(read(logOf([]), '{"err":"x"}').log, { lines: [], dropped: 0 });
  assert.deepEqual(read(logOf(['b']), '{"limit":"too_many_calls"}').log?.lines, ['b']);
});

test('the controls of a terminal and of a line are escaped, whatever the cell let through', () => {
  const { log } = read(logOf(['a\nb\u001b[31m\u0085\u2029\u2066\udfff\u007f']));
  assert.deepEqual(log?.lines, ['a\\nb\\u001b[31m\\u0085\\u2029\\u2066\\udfff\\u007f']);
});

const HOSTILE: Readonly<Record<string, string>> = {
  'more lines than an isolate holds': logOf(new Array(201).fill('')),
  'a line that is too long': logOf(['x'.repeat(1025)]),
  'a line that is no text': logOf([{}]),
  'a count that is none': logOf([], -1),
  'a field more': JSON.stringify({ lines: [], dropped: 0, level: 'error' }),
  'lines that are no list': JSON.stringify({ lines: 'x', dropped: 0 }),
  'text that is no json': '{"lines":',
  'nothing at all': '',
  'a second log': `${logOf([])}\n${logOf([])} x`,
  'more bytes than a log may have': logOf(new Array(120).fill('\0'.repeat(1000))),
};

for (const [name, log] of Object.entries(HOSTILE)) {
  test(`a cell that sends as a log ${name} is hostile`, () => {
    assert.throws(() => read(log), { code: 'violation' });
  });
}

test('an output over its limit is hostile, even if a log stands behind it', () => {
  const large = JSON.stringify({ ok: { text: 'x'.repeat(STANDARD.limits.result_bytes) } });
  assert.throws(() => read(logOf([]), large), { code: 'violation' });
});
