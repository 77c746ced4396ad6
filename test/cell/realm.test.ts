import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';
import { REALM_WALK } from './realm-walk.ts';

const supervisor = realSupervisor();
after(() => supervisor.close());

const outputOf = async (body: string, parts = {}): Promise<JsonObject> => {
  const outcome = await supervisor.run(jobOf(body, parts));
  assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
  return outcome.output;
};

test('a guest finds no global beyond the permit list', async () => {
  const gone =
    'escape unescape eval Atomics SharedArrayBuffer WebAssembly WeakRef FinalizationRegistry ' +
    'Temporal process require global globalThis.constructor setInterval fetch $0 door ask libraryText loadLibrary';
  const seen = await outputOf(
    `const names = ${JSON.stringify(gone.split(' '))};
     return { seen: names.filter((name) => name in globalThis) };`,
  );
  assert.deepEqual(seen, { seen: [] });
});

test('a guest can run no text as code', async () => {
  const output = await outputOf(
    `const makers = [Function, (async () => {}).constructor, (function* () {}).constructor,
       (async function* () {}).constructor, handles.constructor, [].at.constructor];
     return {
       makers: makers.map((make) => { try { make('return 1'); return 'ran'; } catch (e) { return e?.name; } }),
       news: makers.slice(0, 4).map((make) => { try { new make('return 1'); return 'ran'; } catch (e) { return e.name; } }),
       import: await import('node:fs').then(() => 'loaded', () => 'refused'),
     };`,
  );
  assert.deepEqual(output, {
    makers: ['EvalError', 'EvalError', 'EvalError', 'EvalError', 'TypeError', 'EvalError'],
    news: ['EvalError', 'EvalError', 'EvalError', 'EvalError'],
    import: 'refused',
  });
});

test('a guest reaches no object of the language that it can change', async () => {
  const { rows, objects } = await outputOf(REALM_WALK);
  assert.ok(Number(objects) > 500);
  assert.ok(!/"open"| loose"/.test(JSON.stringify(rows)), JSON.stringify(rows));
});

test('every clock of a guest shows the moment of its step, in UTC', async () => {
  const now = 1_700_000_000_123;
  const output = await outputOf(
    `const before = [Date.now(), +new Date(), new Date().getTimezoneOffset()];
     for (let i = 0; i < 1e5; i += 1);
     return { before, after: Date.now(), text: Date(), same: new Date().constructor === Date,
       given: new Date(0).toISOString(), is: new Date() instanceof Date };`,
    { now },
  );
  assert.deepEqual(output, {
    before: [now, now, 0],
    after: now,
    text: 'Tue Nov 14 2023 22:13:20 GMT+0000 (Coordinated Universal Time)',
    same: true,
    given: '1970-01-01T00:00:00.000Z',
    is: true,
  });
});

test('two steps with one seed see the same random numbers, and others with another', async () => {
  const draw = (seed: number): Promise<JsonObject> =>
    outputOf('return { drawn: Array.from({ length: 5 }, () => Math.random()) };', { seed });
  assert.deepEqual(await draw(1), await draw(1));
  assert.notDeepEqual(await draw(1), await draw(2));
});

test('a step sees nothing that an earlier one left', async () => {
  await outputOf('globalThis.left = 1; return {};');
  assert.deepEqual(await outputOf('return { left: typeof left };'), { left: 'undefined' });
});

test('ordinary code still works in the frozen realm', async () => {
  const output = await outputOf(
    `'use strict';
     class Lost extends Error { constructor(m) { super(m); this.name = 'Lost'; } }
     const plain = {}; plain.toString = () => 'mine'; plain.constructor = 1;
     const e = new Lost('x'); e.message = 'changed';
     function Old() {} Old.prototype.toString = () => 'old'; Old.prototype.constructor = Old;
     return { name: e.name, message: e.message, text: String(e), plain: String(plain),
       old: String(new Old()), sum: [1, 2, 3].map((n) => n * 2), groups: Object.groupBy([1], () => 'a'),
       bytes: Uint8Array.fromBase64('AQI=').length, words: [...new Intl.Segmenter('en',
         { granularity: 'word' }).segment('a b')].length, keys: Object.keys(plain),
       inherited: ({ a: 1 }).hasOwnProperty('a') && String({}) === '[object Object]' };`,
  );
  assert.deepEqual(output, {
    name: 'Lost',
    message: 'changed',
    text: 'Lost: changed',
    plain: 'mine',
    old: 'old',
    sum: [2, 4, 6],
    groups: { a: [1] },
    bytes: 2,
    words: 3,
    keys: ['toString', 'constructor'],
    inherited: true,
  });
});
