import { construct, define } from './primordials.ts';
import { standInFor } from './stand-in.ts';

/**
 * An ArrayBuffer without `maxByteLength`: V8 does not count the memory of a resizable one, so a guest
 * could hold gigabytes in an isolate of 32 MB (attack 70). The permit list takes `resize` and
 * `transfer` away.
 */
export const plainBuffersOnly = (): void => {
  const RealBuffer = ArrayBuffer;
  function PlainBuffer(length: unknown): unknown {
    if (new.target === undefined) throw new TypeError('ArrayBuffer is a constructor');
    return construct(RealBuffer, [length], new.target);
  }
  standInFor(RealBuffer.prototype, 'ArrayBuffer', PlainBuffer);
  define(PlainBuffer, 'isView', RealBuffer.isView);
  define(globalThis, 'ArrayBuffer', PlainBuffer);
};
