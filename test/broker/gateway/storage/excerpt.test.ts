import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { excerpt } from '../../../../core/broker/gateway/storage/excerpt.ts';

describe('excerpt', () => {
  it('gives parts of a text that join to the whole, whatever the length asked for', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 4, max: 9 }),
        (text, length) => {
          const file = Buffer.from(text);
          let joined = '';
          for (let offset = 0; offset < file.length; ) {
            const part = excerpt(file, { encoding: 'text', offset, length });
            assert.ok(part.bytes > 0 && part.bytes <= length);
            joined += part.content;
            offset += part.bytes;
          }
          assert.equal(joined, file.toString());
        },
      ),
    );
  });

  it('cuts bytes exactly in base64', () => {
    const part = excerpt(Buffer.from('aé'), { encoding: 'base64', offset: 1, length: 1 });
    assert.deepEqual(part, { content: 'ww==', offset: 1, bytes: 1 });
  });

  it('still moves on where no whole character fits, and over bytes that are no text', () => {
    const file = Buffer.from('\u{1f600}');
    assert.equal(excerpt(file, { encoding: 'text', length: 1 }).bytes, 1);
    const noText = Buffer.alloc(16, 0x80);
    assert.equal(excerpt(noText, { encoding: 'text', length: 8 }).bytes, 8);
  });

  it('takes strange numbers for the nearest possible ones, or none', () => {
    const file = Buffer.from('abc');
    const bytes = (offset: number, length: number): number =>
      excerpt(file, { encoding: 'text', offset, length }).bytes;
    assert.deepEqual(
      [
        bytes(-1, 2),
        bytes(9, 1),
        bytes(0, 2 ** 62),
        bytes(1, Number.NaN),
        bytes(1.5, 1),
        bytes(0, -1),
      ],
      [2, 0, 0, 0, 1, 0],
    );
  });
});
