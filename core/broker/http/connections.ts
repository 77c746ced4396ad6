import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AgentError } from '../../vocabulary/errors.ts';
import type { PeerCredentials } from '../task/verbs/task-request.ts';
import { refusalOfParserError, refuseConnection } from './malformed-request.ts';

/** The connection of a request, as Node gives it. */
export type Connection = FastifyRequest['raw']['socket'];
/** A request and its answer, as far as they have come. */
interface Exchange {
  readonly request: { readonly complete: boolean };
  readonly answer: { readonly writableFinished: boolean };
}

export interface Connections {
  readonly watch: (server: FastifyInstance['server']) => void;
  readonly peerAt: (connection: Connection) => PeerCredentials | null;
  readonly onClientError: (error: Error & { code?: string }, connection: Connection) => void;
}

/**
 * What is known of each connection beside its requests: who is at its other end, asked of the kernel once when
 * it is made, and which answer is still owed, so that bytes which are no HTTP are answered in JSON, and never
 * in the place of the answer to a whole request before them.
 */
export const makeConnections = (
  peerOf: (connection: Connection) => PeerCredentials | null,
): Connections => {
  const peers = new WeakMap<Connection, PeerCredentials | null>();
  const exchanges = new WeakMap<Connection, Exchange>();

  const onClientError: Connections['onClientError'] = (error, connection) => {
    const last = exchanges.get(connection);
    const owed = last?.request.complete === true && !last.answer.writableFinished;
    if (owed || error.code === 'ECONNRESET') connection.destroy();
    else refuseConnection(connection, refusalOfParserError(error.code));
  };

  const watch: Connections['watch'] = (server) => {
    server.on('connection', (connection) => peers.set(connection, peerOf(connection)));
    server.prependListener('request', (request, answer) =>
      exchanges.set(request.socket, { request, answer }),
    );
    // Without these two Node would close the connection, or answer 417, without a word in JSON.
    server.on('connect', (_request, connection) =>
      refuseConnection(
        connection as Connection,
        new AgentError({ code: 'method_not_allowed', message: 'method not allowed' }),
      ),
    );
    server.on('checkExpectation', (request, answer) => server.emit('request', request, answer));
  };

  return Object.freeze({
    watch,
    onClientError,
    peerAt: (connection: Connection) => peers.get(connection) ?? null,
  });
};
