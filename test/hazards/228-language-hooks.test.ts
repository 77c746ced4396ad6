import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('no hook of the language can be put where the glue would meet it', async (t) => {
  const result = await hazard(t, { script: '228-language-hooks' });
  assertContained(result);
  assert.ok(isJsonObject(result.got));
  assert.deepEqual([result.got['hooked'], result.got['seen']], [[], []]);
  assert.equal(result.records.filter(({ event }) => event === 'handle_call').length, 3);
});

test('an answer with hooks of its own is read once, by the one encoding there is', async (t) => {
  const script = `
    let reads = 0;
    const output = { get text() { reads += 1; return 'read ' + reads; }, sentences: [], sources: [],
      considered: 0, complete: true };
    Object.defineProperty(output, 'then', { get() { return undefined; }, enumerable: false });
    Object.defineProperty(output, 'toJSON', { value: undefined, enumerable: false });
    Object.defineProperty(output, 'constructor', { get() { throw 1; }, enumerable: false });
    return output;`;
  const result = await hazard(t, { script, asResult: true });
  assertContained(result);
  assert.ok(isJsonObject(result.got));
  assert.equal(result.got['text'], 'read 1');
});
