import assert from 'node:assert/strict';
import test from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { runStep, stepOf } from './run-step.ts';

const ANSWER: JsonObject = {
  hits: [
    {
      path: 'docs/a.md',
      score: 0.123456,
      label: 'medium',
      passages: [{ first_line: 3, last_line: 4, text: 'one\ntwo' }],
    },
    { path: 'docs/b.md', score: 0.00001, label: 'low', passages: [] },
  ],
  searched: 12,
  left_out: 1,
  skipped: 2,
  label: 'medium',
  reason: null,
};

test('local_search hands the query over as data and answers what was found and left out', async () => {
  const asked: JsonObject[] = [];
  const search = (args: JsonObject): JsonObject => {
    asked.push(args);
    return ANSWER;
  };
  const query = '"quoted" OR NEAR(x) *';
  const output = await runStep('local_search', { path: 'docs', query }, { path: { search } });
  assert.deepEqual(JSON.parse(JSON.stringify(asked)), [{ text: query, limit: 10 }]);
  assert.deepEqual(output, {
    query,
    hits: [
      {
        path: 'docs/a.md',
        score: 0.1235,
        passages: [{ first_line: 3, last_line: 4, text: 'one\ntwo' }],
      },
      { path: 'docs/b.md', score: 0, passages: [] },
    ],
    searched: 12,
    left_out: 1,
    skipped: 2,
  });
});

test('local_search says why nothing was searched', async () => {
  const search = (): JsonObject => ({ ...ANSWER, hits: [], reason: 'no word to search for' });
  const { reason } = await runStep<JsonObject>(
    'local_search',
    { path: 'docs', query: '?' },
    { path: { search } },
  );
  assert.equal(reason, 'no word to search for');
});

test('local_search asks for as many hits as its input says', async () => {
  const limits: unknown[] = [];
  const search = ({ limit }: JsonObject): JsonObject => {
    limits.push(limit);
    return { ...ANSWER, hits: [] };
  };
  await runStep('local_search', { path: 'docs', query: 'x', limit: 50 }, { path: { search } });
  assert.deepEqual(limits, [50]);
});

test('what local_search finds fits the findings of summarize and report', () => {
  const hits = stepOf('local_search').output.properties.get('hits');
  assert.ok(hits !== undefined);
  for (const action of ['summarize', 'report'] as const) {
    assert.deepEqual(stepOf(action).input.properties.get('findings'), hits);
  }
});
