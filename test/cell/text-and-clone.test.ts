import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';

const supervisor = realSupervisor();
after(() => supervisor.close());

const outputOf = async (body: string, input: JsonObject = {}): Promise<JsonObject> => {
  const outcome = await supervisor.run(jobOf(body, { input }));
  assert.equal(outcome.kind, 'completed', JSON.stringify(outcome));
  return outcome.output;
};

// Bytes that break UTF-8 in every way that the standard names, and some that do not.
const BYTES: readonly (readonly number[])[] = [
  [],
  [0x61, 0x62],
  [0xef, 0xbb, 0xbf, 0x61],
  [0xc3, 0xa4, 0xe2, 0x82, 0xac, 0xf0, 0x9f, 0x98, 0x80],
  [0xc0, 0x80],
  [0xc3],
  [0xe2, 0x82],
  [0xe2, 0x28, 0xa1],
  [0xed, 0xa0, 0x80],
  [0xe0, 0x80, 0x80],
  [0xf0, 0x80, 0x80, 0x80],
  [0xf0, 0x9f, 0x98],
  [0xf4, 0x90, 0x80, 0x80],
  [0xf5, 0xff, 0xfe],
  [0x80, 0xbf, 0x61, 0xc3, 0xa4],
  [0x61, 0xf0, 0x9f, 0x61, 0xe2, 0x82, 0xac],
];

test('TextDecoder decodes as the runtime of the host does, broken bytes included', async () => {
  const { seen } = await outputOf(
    `return { seen: input.bytes.map((bytes) => {
       const given = new Uint8Array(bytes);
       const stream = new TextDecoder('utf-8', { ignoreBOM: true });
       const split = bytes.map((byte) => stream.decode(new Uint8Array([byte]), { stream: true }));
       let fatal; try { fatal = new TextDecoder('UTF8', { fatal: true }).decode(given); } catch (e) { fatal = e.name; }
       return [new TextDecoder().decode(given), fatal, split.join('') + stream.decode()];
     }) };`,
    { bytes: BYTES },
  );
  const expected = BYTES.map((bytes) => {
    const given = new Uint8Array(bytes);
    const lax = new TextDecoder().decode(given);
    const kept = new TextDecoder('utf-8', { ignoreBOM: true }).decode(given);
    const isBroken = lax.includes('\ufffd');
    return [lax, isBroken ? 'TypeError' : lax, kept];
  });
  assert.deepEqual(seen, expected);
});

test('TextEncoder encodes as the runtime of the host does, and says how far it came', async () => {
  const texts = ['', 'abc', 'äöü€', '😀x', '\ud800', 'x\udc00y', '\udc00\ud800'];
  const { seen, into } = await outputOf(
    `const encoder = new TextEncoder();
     const target = new Uint8Array(5);
     return { seen: input.texts.map((text) => [...encoder.encode(text)]),
       into: [encoder.encodeInto('aä😀', target), [...target]] };`,
    { texts },
  );
  assert.deepEqual(
    seen,
    texts.map((text) => [...new TextEncoder().encode(text)]),
  );
  assert.deepEqual(into, [{ read: 2, written: 3 }, [0x61, 0xc3, 0xa4, 0, 0]]);
});

test('a megabyte of text takes a fraction of a step', async () => {
  const outcome = await supervisor.run(
    jobOf(`const text = 'Straße '.repeat(150_000);
      return { same: new TextDecoder().decode(new TextEncoder().encode(text)) === text };`),
  );
  assert.deepEqual(outcome.kind === 'completed' && outcome.output, { same: true });
  assert.ok(outcome.cpuMs < 4000, `took ${outcome.cpuMs} ms`);
});

test('atob and btoa agree with those of the host', async () => {
  const texts = ['', 'a', 'ab', 'abc', '\0\xff'];
  const coded = [
    '',
    'YQ==',
    'YQ',
    ' Y W I = ',
    'YWJj',
    'YQ=',
    '====',
    'Y',
    'YQ==YQ==',
    'ü',
    'YR==',
  ];
  const output = await outputOf(
    `const tried = (f, x) => { try { return f(x); } catch (e) { return e.name; } };
     return { to: input.texts.map(btoa), from: input.coded.map((c) => tried(atob, c)), high: tried(btoa, '€') };`,
    { texts, coded },
  );
  const tried = (text: string): string => {
    try {
      return atob(text);
    } catch (thrown) {
      return thrown instanceof Error ? thrown.name : '';
    }
  };
  assert.deepEqual(output, {
    to: texts.map((text) => btoa(text)),
    from: coded.map(tried),
    high: 'InvalidCharacterError',
  });
});

test('structuredClone copies what the standard copies, rings and shared parts with it', async () => {
  const output = await outputOf(
    `const shared = { n: 1 };
     const buffer = new Uint8Array([1, 2, 3, 4]).buffer;
     class Point { constructor() { this.x = 1; } get y() { return 2; } }
     const from = { shared, again: shared, list: [1, , 'x'], date: new Date(5), pattern: /a/gi, big: 9n,
       map: new Map([[shared, 'v']]), set: new Set([shared]), bytes: new Uint8Array(buffer, 1, 2),
       words: new Uint16Array(buffer), view: new DataView(buffer, 2), boxed: Object('s'), point: new Point(),
       error: new RangeError('m', { cause: shared }), get got() { return 'g'; } };
     from.self = from;
     Object.defineProperty(from, '__proto__', { value: 'own', enumerable: true });
     const to = structuredClone(from);
     to.bytes[0] = 9;
     return {
       apart: to !== from && to.shared !== shared && to.self === to && to.again === to.shared,
       same: to.map.get(to.shared) === 'v' && to.set.has(to.shared) && to.error.cause === to.shared,
       buffers: to.bytes.buffer === to.words.buffer && to.view.buffer === to.words.buffer,
       bytes: [...to.bytes], kept: new Uint8Array(buffer)[1], viewed: to.view.getUint8(0), words: to.words.length,
       list: [to.list.length, 1 in to.list], date: +to.date, pattern: String(to.pattern), big: String(to.big),
       boxed: typeof to.boxed + to.boxed, point: Object.getPrototypeOf(to.point) === Object.prototype && to.point,
       error: to.error instanceof RangeError && [to.error.name, to.error.message],
       got: to.got, proto: Object.getOwnPropertyDescriptor(to, '__proto__').value,
     };`,
  );
  assert.deepEqual(output, {
    apart: true,
    same: true,
    buffers: true,
    bytes: [9, 3],
    kept: 2,
    viewed: 3,
    words: 2,
    list: [3, false],
    date: 5,
    pattern: '/a/gi',
    big: '9',
    boxed: 'objects',
    point: { x: 1 },
    error: ['RangeError', 'm'],
    got: 'g',
    proto: 'own',
  });
});

test('structuredClone refuses what no copy can be made of', async () => {
  const { seen } = await outputOf(
    `const hard = [() => {}, Symbol('s'), Promise.resolve(), new WeakMap(), new URL('http://a'), { a: { f() {} } }];
     const tried = (...given) => { try { structuredClone(...given); return 'copied'; } catch (e) { return e.name; } };
     return { seen: [...hard.map((value) => tried(value)), tried({}, { transfer: [] })] };`,
  );
  assert.deepEqual(seen, new Array(7).fill('DataCloneError'));
});
