import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type AnswerDeps,
  answerRequest,
  MOST_KEPT_BYTES,
} from '../../broker/gateway/firewall/serve/answer-request.ts';
import { LOOPBACK } from '../../broker/main/config/loopback.ts';

export interface FirewallServer {
  readonly port: number;
  close(): Promise<void>;
}

const REQUEST_MS = 10_000;

/** Listens at one port of the loopback address, 0 for any free one. */
export const serveFirewall = async (deps: AnswerDeps, port: number): Promise<FirewallServer> => {
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing, deps).catch(() => outgoing.destroy());
  });
  server.requestTimeout = REQUEST_MS;
  server.headersTimeout = REQUEST_MS / 2;
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen({ host: LOOPBACK, port, exclusive: true }, listening.resolve);
  await listening.promise;
  const address = server.address() as AddressInfo;
  return Object.freeze<FirewallServer>({
    port: address.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  });
};

const answer = async (
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  deps: AnswerDeps,
): Promise<void> => {
  const reply = await answerRequest(
    {
      method: incoming.method ?? '',
      path: (incoming.url ?? '').replace(/\?.*$/s, ''),
      authorization: incoming.headersDistinct['authorization'] ?? [],
      body: await readWhole(incoming),
    },
    deps,
  );
  outgoing.writeHead(reply.status, {
    'content-type': reply.contentType,
    'content-length': Buffer.byteLength(reply.body),
    'x-content-type-options': 'nosniff',
  });
  outgoing.end(reply.body);
};

// Read to its end before the answer, so that a caller who is still writing hears it.
const readWhole = async (incoming: IncomingMessage): Promise<Uint8Array | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size <= MOST_KEPT_BYTES) chunks.push(bytes);
  }
  return size <= MOST_KEPT_BYTES ? Buffer.concat(chunks) : undefined;
};
