import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toHits } from '../../../../core/broker/gateway/search/to-hits.ts';

const found = (display: string, text: string) => ({
  display,
  label: 'low' as const,
  score: 1.23456789,
  passages: [{ first_line: 1, last_line: 1, text }],
});

test('toHits rounds scores to six digits', () => {
  assert.equal(toHits([found('a', 'x')], 1000)[0]?.score, 1.234568);
});

test('toHits gives up passages before hits, and the worst hits before the best', () => {
  const many = Array.from({ length: 50 }, (_, i) => found(`work/${i}`, '\u0001'.repeat(400)));
  const hits = toHits(many, 8000);
  assert.ok(Buffer.byteLength(JSON.stringify(hits)) <= 8000);
  assert.equal(hits.length, 50);
  assert.equal(hits[0]?.passages.length, 1);
  assert.equal(hits.at(-1)?.passages.length, 0);
  const few = toHits(many, 1000);
  assert.ok(Buffer.byteLength(JSON.stringify(few)) <= 1000);
  assert.deepEqual(
    few.map(({ path }) => path),
    many.slice(0, few.length).map(({ display }) => display),
  );
});
