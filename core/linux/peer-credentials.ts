import { bindNative } from './libc.ts';

const SOL_SOCKET = 1;
const SO_PEERCRED = 17;
const UCRED_BYTES = 12;

export interface PeerCredentials {
  readonly pid: number;
  readonly uid: number;
  readonly gid: number;
}

const getsockopt = bindNative(
  'getsockopt',
  'int getsockopt(int, int, int, _Out_ void*, _Inout_ uint32_t*)',
);

/**
 * Who is at the other end of a connected Unix socket, as the kernel noted it at connect (SO_PEERCRED).
 * @throws LinuxError for a descriptor that is no socket
 */
export const peerCredentials = (socket: number): PeerCredentials => {
  const bytes = Buffer.alloc(UCRED_BYTES);
  getsockopt(socket, SOL_SOCKET, SO_PEERCRED, bytes, [UCRED_BYTES]);
  return { pid: bytes.readInt32LE(0), uid: bytes.readUInt32LE(4), gid: bytes.readUInt32LE(8) };
};
