import type { Readable } from 'node:stream';

// The whole body is the caller's to choose: its length, its pace, whether it ends. It is read to its end
// before any answer, because the UI proxy writes head and body in two writes and an answer in between is
// lost to EPIPE (wire contract section 32.1); yet no more than `keep` is kept and no more than DRAIN is read
// (attack 168). The time is bounded by the server's request timeout, which closes the connection.
/** What the body of a request may have, but for the one route that takes a package. */
export const BODY_BYTES = 65_536;
const DRAIN = 8 * 1024 * 1024;
// Each piece costs as much as thousands of bytes, so a body in chunks of one byte has its own limit: as many as an
// ordinary body has bytes.
const MOST_PIECES = BODY_BYTES;

export type ReadBody =
  | { readonly kind: 'whole'; readonly bytes: Buffer }
  | { readonly kind: 'too_large'; readonly most: number; readonly ended: boolean }
  | { readonly kind: 'aborted' };

/** The body of a request, read to its end or to the limit of patience. Never rejects. */
export const readBody = (stream: Readable, keep: number = BODY_BYTES): Promise<ReadBody> => {
  const { promise, resolve } = Promise.withResolvers<ReadBody>();
  const kept: Buffer[] = [];
  let length = 0;
  let pieces = 0;
  const onData = (chunk: Buffer): void => {
    length += chunk.length;
    pieces += 1;
    if (length <= keep) kept.push(chunk);
    else kept.length = 0;
    if (length > DRAIN || pieces > MOST_PIECES)
      finish({ kind: 'too_large', most: keep, ended: false });
  };
  const onEnd = (): void =>
    finish(
      length <= keep
        ? { kind: 'whole', bytes: Buffer.concat(kept) }
        : { kind: 'too_large', most: keep, ended: true },
    );
  const onBroken = (): void => finish({ kind: 'aborted' });
  const finish = (body: ReadBody): void => {
    stream.off('data', onData).off('end', onEnd).off('close', onBroken);
    stream.pause();
    resolve(body);
  };
  // The listener for errors stays: an abort after the answer must not become an uncaught error.
  stream.on('error', onBroken);
  stream.on('data', onData).on('end', onEnd).on('close', onBroken);
  return promise;
};
