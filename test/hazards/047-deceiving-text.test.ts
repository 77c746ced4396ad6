import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { visible as approved } from '../../core/broker/plan/visible-text.ts';
import { visible as shown } from '../../core/cli/shown-text.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

const range = await openHazardRange({ after });
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const DECEIVING = /[\0-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]/;

test('a thrown text is one line without control characters', async () => {
  const result = await range.attack({ script: '047-deceiving-text', document: 'throw' });
  assertContained(result, 'guest_error');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  assert.doesNotMatch(result.message, /[\0-\x1f\x7f-\x9f\u2028\u2029]/);
});

test('a returned text is data as it is, and is escaped where a person reads it', async () => {
  const result = await range.attack({ script: '047-deceiving-text' });
  assertContained(result);
  const { text } = Object(result.got);
  assert.match(text, DECEIVING);
  assert.doesNotMatch(approved(text), DECEIVING);
  // half a character becomes a replacement mark on its way to the terminal
  assert.doesNotMatch(Buffer.from(shown(text)).toString(), DECEIVING);
});
