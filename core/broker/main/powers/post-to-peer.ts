import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import {
  type PeerAnswer,
  PeerFailure,
  type PeerRequest,
  type PostToPeer,
} from '../../gateway/firewall/external/peer-power.ts';
import { LOOPBACK } from '../config/loopback.ts';

const CONNECT_MS = 5_000;
const MOST_BYTES = 64 * 1024;

/**
 * Posts to one port of the loopback address. Global `fetch` is none without WebAssembly; `node:http` follows
 * no redirect, and a connection of its own per request leaves nothing of one answer to the next.
 */
export const makePostToPeer =
  (port: number): PostToPeer =>
  (call, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(stopped(signal));
        return;
      }
      const outgoing = open(port, call, signal);
      const tooSlow = setTimeout(
        () => outgoing.destroy(new PeerFailure('the tool firewall does not accept connections')),
        CONNECT_MS,
      );
      const fail = (error: Error): void => {
        clearTimeout(tooSlow);
        if (error instanceof PeerFailure) reject(error);
        else reject(signal.aborted ? stopped(signal) : unreachable(error));
      };
      outgoing.on('socket', (socket) => socket.once('connect', () => clearTimeout(tooSlow)));
      outgoing.on('error', fail);
      outgoing.on('response', (incoming) => {
        receive(incoming).then(resolve, fail);
      });
      outgoing.end(call.body);
    });

const open = (
  port: number,
  { path, token, body }: PeerRequest,
  signal: AbortSignal,
): ClientRequest =>
  request({
    host: LOOPBACK,
    port,
    path,
    method: 'POST',
    agent: false,
    signal,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      connection: 'close',
    },
  });

const receive = async (incoming: IncomingMessage): Promise<PeerAnswer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > MOST_BYTES) throw new PeerFailure('the answer of the tool firewall is too large');
    chunks.push(bytes);
  }
  if (!incoming.complete) throw new PeerFailure('the answer of the tool firewall is cut off');
  return {
    status: incoming.statusCode ?? 0,
    contentType: incoming.headers['content-type'] ?? '',
    body: Buffer.concat(chunks),
  };
};

const stopped = (signal: AbortSignal): PeerFailure =>
  new PeerFailure(
    signal.reason instanceof Error && signal.reason.name === 'TimeoutError'
      ? 'the tool firewall does not answer in time'
      : 'the call was stopped',
  );

const unreachable = (error: Error): PeerFailure => {
  const code = 'code' in error ? String(error.code) : 'unknown';
  return new PeerFailure(
    code === 'ECONNRESET'
      ? 'the answer of the tool firewall is cut off'
      : `the tool firewall cannot be reached (${code})`,
  );
};
