import { chmodSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';

/** Two sockets that nobody should come to, and what came. */
export interface Listeners {
  readonly port: number;
  /** What came since the last time that this was asked: one entry a connection, with what it sent. */
  take(): readonly Visit[];
  close(): Promise<void>;
}

export interface Visit {
  readonly canary: 'unix_socket' | 'tcp_socket';
  readonly sent: () => string;
}

const MOST_BYTES = 65_536;

/** Listens at the path and at a port of 127.0.0.1. Everybody may come: what keeps a cell away is its wall. */
export const openListeners = async (path: string): Promise<Listeners> => {
  let visits: Visit[] = [];
  const open = new Set<Socket>();
  const serve = (canary: Visit['canary']): Server =>
    createServer((socket) => {
      let text = '';
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      visits.push({ canary, sent: () => text });
      socket.on('data', (chunk) => {
        text = (text + chunk.toString('latin1')).slice(0, MOST_BYTES);
      });
      socket.on('error', () => socket.destroy());
    });
  const unix = serve('unix_socket');
  await listening(unix, { path });
  chmodSync(path, 0o666);
  const tcp = serve('tcp_socket');
  await listening(tcp, { port: 0, host: '127.0.0.1' });
  const address = tcp.address();
  return Object.freeze<Listeners>({
    port: typeof address === 'object' && address !== null ? address.port : 0,
    take: () => {
      const taken = visits;
      visits = [];
      return taken;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all([unix, tcp].map((server) => new Promise((done) => server.close(done))));
    },
  });
};

const listening = (server: Server, where: { path: string } | { port: number; host: string }) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, resolve);
  });
