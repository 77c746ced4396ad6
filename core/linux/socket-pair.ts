import { bindNative } from './libc.ts';
import { OPEN } from './open-flags.ts';

const AF_UNIX = 1;
const SOCK_STREAM = 1;
const PAIR_BYTES = 8;

const native = bindNative('socketpair', 'int socketpair(int, int, int, _Out_ void*)');

/**
 * Two connected Unix stream sockets, close-on-exec and non-blocking. The caller closes both.
 * @throws LinuxError
 */
export const makeSocketPair = (): readonly [number, number] => {
  const pair = Buffer.alloc(PAIR_BYTES);
  native(AF_UNIX, SOCK_STREAM | OPEN.closeOnExec | OPEN.nonBlocking, 0, pair);
  return [pair.readInt32LE(0), pair.readInt32LE(4)];
};
