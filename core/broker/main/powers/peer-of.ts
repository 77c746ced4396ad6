import { peerCredentials } from '../../../linux/peer-credentials.ts';
import type { Connection } from '../../http/connections.ts';
import type { PeerCredentials } from '../../task/verbs/task-request.ts';

/**
 * Who connected to the Unix socket, as the kernel noted it (SO_PEERCRED). Null where there is no telling:
 * TCP, or a connection that is gone.
 */
export const peerOf = (connection: Connection): PeerCredentials | null => {
  // Node keeps the descriptor of a socket in a private field and nulls it at close.
  const handle: unknown = Reflect.get(connection, '_handle');
  const fd: unknown =
    typeof handle === 'object' && handle !== null ? Reflect.get(handle, 'fd') : undefined;
  if (typeof fd !== 'number' || fd < 0) return null;
  try {
    return peerCredentials(fd);
  } catch {
    return null;
  }
};
