import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ERRORS, type ErrorCode } from '../../core/vocabulary/error-catalogue.ts';
import { AgentError, factsOf, toAgentError, toRefusal } from '../../core/vocabulary/errors.ts';

const codes = Object.keys(ERRORS) as ErrorCode[];

test('every row of the catalogue has an HTTP status and a remedy that reads as a sentence', () => {
  for (const code of codes) {
    const { status, remedy } = factsOf(code);
    assert.ok(status >= 400 && status < 600, code);
    assert.ok(remedy === null || /^[a-z].*[^.]$/.test(remedy), `${code}: ${remedy}`);
  }
});

test('toRefusal() carries code, rule, remedy and whether trying again can help', () => {
  const error = new AgentError({ code: 'capacity', message: 'full', rule: 'r' });
  assert.deepEqual(toRefusal(error), {
    error: 'full',
    code: 'capacity',
    rule: 'r',
    remedy: 'submit again later',
    retryable: true,
  });
});

test('toAgentError() keeps the text of a foreign error to itself', () => {
  const refusal = toRefusal(toAgentError(new Error('/secret/path: ENOENT')));
  assert.equal(refusal.code, 'internal');
  assert.doesNotMatch(JSON.stringify(refusal), /secret/);
});
