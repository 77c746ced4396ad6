import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { BODY_BYTES, readBody } from '../../core/broker/http/read-body.ts';

// Attack 168. A body in chunks of one byte, of anyone and on every route: eight million of them would cost minutes of
// processor time, and on the route that takes a package hundreds of megabytes. The answer over a socket after a body
// that was not read to its end is asserted with the HTTP boundary.

test('a body in chunks of one byte is given up after as many as an ordinary body has bytes', async () => {
  for (const keep of [BODY_BYTES, 4 * 1024 * 1024]) {
    let made = 0;
    const byte = Buffer.from(' ');
    const stream = new Readable({
      highWaterMark: 1,
      read() {
        made += 1;
        this.push(byte);
      },
    });
    const body = await readBody(stream, keep);
    stream.destroy();
    assert.deepEqual(body, { kind: 'too_large', most: keep, ended: false });
    assert.ok(made < BODY_BYTES + 100, `${made} chunks`);
  }
});

test('an ordinary body may come byte by byte', async () => {
  const text = 'x'.repeat(BODY_BYTES);
  const body = await readBody(Readable.from([...text].map((letter) => Buffer.from(letter))));
  assert.ok(body.kind === 'whole' && body.bytes.toString() === text);
});
