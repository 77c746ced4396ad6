import { bindNative } from './libc.ts';
import { OPEN } from './open-flags.ts';

const PAIR_BYTES = 8;

const native = bindNative('pipe2', 'int pipe2(_Out_ void*, int)');

/**
 * A true pipe, close-on-exec: the end to read and the end to write. What Node makes for `stdio: 'pipe'` is
 * a Unix socket, over which descriptors and credentials travel; this one carries bytes one way.
 * @throws LinuxError
 */
export const makePipe = (): readonly [number, number] => {
  const pair = Buffer.alloc(PAIR_BYTES);
  native(pair, OPEN.closeOnExec);
  return [pair.readInt32LE(0), pair.readInt32LE(4)];
};
