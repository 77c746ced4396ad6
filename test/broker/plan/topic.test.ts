import assert from 'node:assert/strict';
import { test } from 'node:test';
import { intentTokens } from '../../../core/broker/plan/intent-tokens.ts';
import { phraseOf, topicOf } from '../../../core/broker/plan/topic.ts';

test('a query and a phrase of long words end in whole characters, wherever they are cut', () => {
  for (const before of ['', 'x', 'xx', 'xxx']) {
    const tokens = intentTokens(before + '𝒳'.repeat(900), new Set());
    const query = topicOf(tokens)?.query ?? '';
    assert.ok(query.isWellFormed() && query.length > 900 && query.length <= 1000);
    const phrase = phraseOf(tokens);
    assert.ok(phrase.isWellFormed() && phrase.length > 290 && phrase.length <= 300);
  }
});
