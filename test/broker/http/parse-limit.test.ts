import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseLimit } from '../../../core/broker/http/parse-limit.ts';

test('a limit is what the int() of Python takes, the first of two, at most 200', () => {
  const rows: readonly (readonly [string, number])[] = [
    ['', 50],
    ['?other=1', 50],
    ['?limit=7', 7],
    ['?limit=%2B5', 5],
    ['?limit=+5', 5],
    ['?limit=%205', 5],
    ['?limit=05', 5],
    ['?limit=3&limit=9', 3],
    ['?limit=201', 200],
    [`?limit=1${'0'.repeat(400)}`, 200],
  ];
  for (const [query, limit] of rows) assert.equal(parseLimit(`/v1/tasks${query}`), limit, query);
});

test('everything else is an invalid limit', () => {
  for (const limit of ['', '0', '-1', '1.5', '1e2', '0x10', 'all', '%zz', '1 2', '٣'])
    assert.throws(
      () => parseLimit(`/v1/tasks?limit=${limit}`),
      { code: 'invalid_request', message: 'invalid limit' },
      limit,
    );
});
