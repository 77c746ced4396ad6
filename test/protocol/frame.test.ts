import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { encodeFrame, makeFrameReader } from '../../core/protocol/frame.ts';
import { runs } from '../harness/runs.ts';

const PLAIN = { noNullPrototype: true };
const CAP = 1 << 16;

test('frame reader gives back every frame however the bytes are cut', () => {
  const frames = fc.array(
    fc.record(
      { head: fc.record({ type: fc.string() }, PLAIN), body: fc.string({ unit: 'grapheme' }) },
      PLAIN,
    ),
  );
  fc.assert(
    fc.property(frames, fc.array(fc.integer({ min: 1, max: 40 })), (sent, cuts) => {
      const bytes = Buffer.concat(sent.map(({ head, body }) => encodeFrame(head, body, CAP)));
      const read = makeFrameReader(CAP);
      const got = [];
      let at = 0;
      for (const cut of [...cuts, bytes.length]) {
        got.push(...read(bytes.subarray(at, at + cut)));
        at += cut;
      }
      assert.deepEqual(got, sent);
    }),
    { numRuns: runs(100) },
  );
});

test('frame reader refuses a length over the cap before the bytes come', () => {
  const read = makeFrameReader(100);
  assert.throws(() => read(Buffer.from([0, 0, 0, 101])), { code: 'violation' });
});

test('frame reader refuses a head longer than a kilobyte, no head, and a head that is no object', () => {
  const frame = (text: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(text));
    return Buffer.concat([length, Buffer.from(text)]);
  };
  for (const text of [
    '{}',
    `{"a":"${'x'.repeat(1100)}"}\n`,
    '[]\n',
    '7\n',
    'null\n',
    '{\n',
    '\n',
  ]) {
    assert.throws(() => makeFrameReader(CAP)(frame(text)), { code: 'violation' }, text);
  }
});

test('encodeFrame refuses to make a frame that its reader would refuse', () => {
  assert.throws(() => encodeFrame({ type: 'a' }, 'x'.repeat(100), 100), { code: 'violation' });
});

test('a frame that comes byte by byte is the frame that was sent', () => {
  const body = Array.from({ length: 5000 }, (_, n) => String(n)).join();
  const bytes = encodeFrame({ type: 'a' }, body, 1e6);
  const read = makeFrameReader(1e6);
  const frames = [...bytes, ...bytes].flatMap((byte) => read(Buffer.from([byte])));
  assert.deepEqual(
    frames.map((frame) => frame.body === body),
    [true, true],
  );
});

test('a frame that comes byte by byte costs the reader little more than its bytes', () => {
  const read = makeFrameReader(4 * 1024 * 1024);
  read(Buffer.from([0, 0x3f, 0xff, 0xff]));
  const before = process.memoryUsage();
  for (let n = 0; n < 1_000_000; n += 1) read(Buffer.from('x'));
  const after = process.memoryUsage();
  const grown = after.heapUsed + after.external - before.heapUsed - before.external;
  assert.ok(grown < 80e6, `${grown} bytes for a million`);
});
