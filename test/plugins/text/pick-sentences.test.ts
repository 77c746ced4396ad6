import assert from 'node:assert/strict';
import test from 'node:test';
import { pickSentences } from '../../../plugins/text/pick-sentences.ts';

const candidate = (text: string, source = 0) => ({ text, source, factor: 1 });
const TEXTS = [
  'The store keeps every backup of the vault for thirty days.',
  'A backup of the vault is made each night by the store.',
  'THE STORE KEEPS EVERY BACKUP OF THE VAULT FOR THIRTY DAYS.',
  'Lunch is served at noon in the small kitchen downstairs.',
  'A restore from a backup needs the key of the vault.',
];

test('pickSentences answers indexes in order, as many as asked, no text twice', () => {
  const candidates = TEXTS.map((text) => candidate(text));
  for (const count of [1, 2, 3, 4]) {
    const picked = pickSentences(candidates, { count, topic: new Set() });
    assert.equal(picked.length, count);
    assert.deepEqual(
      picked,
      [...picked].sort((a, b) => a - b),
    );
  }
  assert.deepEqual(pickSentences(candidates, { count: 9, topic: new Set() }), [0, 1, 3, 4]);
});

test('pickSentences prefers what the text is about', () => {
  const picked = pickSentences(
    TEXTS.map((text) => candidate(text)),
    { count: 2, topic: new Set() },
  );
  assert.ok(!picked.includes(3));
});

test('pickSentences prefers what the topic names', () => {
  const picked = pickSentences(
    TEXTS.map((text) => candidate(text)),
    { count: 1, topic: new Set(['lunch']) },
  );
  assert.deepEqual(picked, [3]);
});

test('pickSentences takes from each source before it takes much from one', () => {
  const candidates = [
    ...TEXTS.map((text) => candidate(text, 0)),
    candidate('The garden has a pond with three old fish in it.', 1),
  ];
  assert.ok(pickSentences(candidates, { count: 2, topic: new Set() }).includes(5));
});

test('pickSentences answers the same for the same candidates', () => {
  const candidates = Array.from({ length: 500 }, (_, i) =>
    candidate(`Line ${i} speaks of thing ${i % 7} and of part ${i % 11} in plain words.`),
  );
  const options = { count: 20, topic: new Set<string>() };
  assert.deepEqual(pickSentences(candidates, options), pickSentences(candidates, options));
});
