import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { chainEvent } from '../../../core/broker/audit/chain-event.ts';
import { checkLine, GENESIS } from '../../../core/broker/audit/entry.ts';
import { canonicalJson } from '../../../core/vocabulary/canonical.ts';
import { runs } from '../../harness/runs.ts';
import { KEY } from './temp-log.ts';

const TIME = '2026-08-01T10:00:00.000001+00:00';

test('chainEvent writes the keys of wire contract section 16 in its order, compact', () => {
  const { line, hash } = chainEvent(KEY, GENESIS, TIME, { event: 'note', data: { b: 1, a: 'é' } });
  const expected = createHmac('sha256', KEY)
    .update(
      canonicalJson({ prev_hash: '', event: 'note', data: { b: 1, a: 'é' }, timestamp: TIME }),
    )
    .digest('hex');
  assert.equal(hash, expected);
  assert.equal(
    line,
    `{"timestamp":"${TIME}","event":"note","data":{"a":"\\u00e9","b":1},"prev_hash":"",` +
      `"entry_hash":"${hash}","algorithm":"hmac-sha256"}`,
  );
});

test('checkLine accepts what chainEvent wrote, whatever the data hold', () => {
  const value = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 3 },
      fc.string({ unit: 'binary' }),
      fc.maxSafeInteger(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('json')),
      fc.dictionary(fc.string({ unit: 'binary' }), tie('json')),
    ),
  })).json;
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'binary' }), value), (raw) => {
      const data = JSON.parse(JSON.stringify(raw).replaceAll('-0', '0'));
      const { line, hash } = chainEvent(KEY, GENESIS, TIME, { event: 'note', data });
      assert.match(line, /^[ -~]+$/);
      assert.deepEqual(checkLine(KEY, line, GENESIS), { ok: true, hash, timestamp: TIME });
    }),
    { numRuns: runs(300) },
  );
});

test('checkLine refuses a line in which any one byte differs', () => {
  const { line } = chainEvent(KEY, GENESIS, TIME, { event: 'note', data: { path: 'a', n: 1.5 } });
  for (let at = 0; at < line.length; at += 1) {
    const flipped = `${line.slice(0, at)}${String.fromCharCode(line.charCodeAt(at) ^ 1)}${line.slice(at + 1)}`;
    assert.equal(checkLine(KEY, flipped, GENESIS).ok, false, `byte ${at}`);
  }
});

test('checkLine refuses a key twice, another key order around the data and an unkeyed line', () => {
  const { line, hash } = chainEvent(KEY, GENESIS, TIME, { event: 'note', data: { a: 1 } });
  const refused = [
    line.replace('{"a":1}', '{"a":2,"a":1}'),
    line.replace('{"a":1}', '{"a": 1}'),
    line.replace('"event":"note",', '"event":"evil","event":"note",'),
    line.replace('hmac-sha256', 'sha256'),
    `${line} `,
    line.replace(hash, hash.toUpperCase()),
  ];
  for (const text of refused) assert.equal(checkLine(KEY, text, GENESIS).ok, false, text);
});

test('checkLine refuses a line that continues another entry', () => {
  const { line } = chainEvent(KEY, 'a'.repeat(64), TIME, { event: 'note', data: {} });
  assert.deepEqual(checkLine(KEY, line, 'b'.repeat(64)), {
    ok: false,
    detail: 'does not continue the entry before it',
  });
});

test('checkLine refuses the line of another key', () => {
  const { line } = chainEvent(KEY, GENESIS, TIME, { event: 'note', data: {} });
  assert.equal(checkLine(Buffer.alloc(32, 1), line, GENESIS).ok, false);
});

test('chainEvent refuses a number that Python would print differently', () => {
  for (const number of [Number.NaN, 1e-7, 1e21, -0]) {
    assert.throws(() => chainEvent(KEY, GENESIS, TIME, { event: 'note', data: { number } }), {
      code: 'internal',
    });
  }
});

test('chainEvent refuses an event name that is no identifier', () => {
  for (const event of ['', 'a"', 'a\n', 'A', 'x'.repeat(65)]) {
    assert.throws(() => chainEvent(KEY, GENESIS, TIME, { event, data: {} }), { code: 'internal' });
  }
});
