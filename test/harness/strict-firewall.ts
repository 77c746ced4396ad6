import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Cleanup } from './agent-folder.ts';

/** How the peer behaves at one path until it is told otherwise. */
export type Manner =
  | { readonly kind: 'as_the_contract' }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: string;
      readonly type?: string;
    }
  /** Takes the request and never answers. */
  | { readonly kind: 'silent' }
  /** Answers 200 once it is released. */
  | { readonly kind: 'held'; readonly body: string }
  /** Answers the head and half of the body, then hangs up. */
  | { readonly kind: 'half'; readonly body: string };

/** A strict server of the wire contract's section 18 over a policy file, which can be made to fail. */
export interface StrictFirewall {
  readonly port: number;
  /** What it refused about a request's form; empty while the agent keeps the contract. */
  readonly faults: readonly string[];
  /** Bodies of evaluate requests, oldest first. */
  readonly calls: readonly string[];
  /** Texts of the policy file at each reload. */
  readonly reloads: readonly string[];
  behave(path: '/v1/evaluate' | '/v1/reload', manner: Manner): void;
  /** For one request; the next is answered as the contract says. */
  behaveOnce(path: '/v1/evaluate' | '/v1/reload', manner: Manner): void;
  release(): void;
  /** Resolves when the next request at a path has come. */
  nextRequest(path: string): Promise<void>;
  stop(): Promise<void>;
  start(): Promise<void>;
}

interface Options {
  readonly token: string;
  readonly policyPath: string;
}

export const startStrictFirewall = async (
  t: Cleanup,
  { token, policyPath }: Options,
): Promise<StrictFirewall> => {
  const faults: string[] = [];
  const calls: string[] = [];
  const reloads: string[] = [];
  const manners = new Map<string, Manner>();
  const sockets = new Set<Socket>();
  const waiting = new Map<string, () => void>();
  const once = new Set<string>();
  const held = Promise.withResolvers<void>();

  const evaluate = (body: string): object => {
    const request: unknown = JSON.parse(body);
    assert.ok(typeof request === 'object' && request !== null);
    const keys = Object.keys(request).sort().join();
    if (keys !== 'params,tool') faults.push(`fields ${keys}`);
    // Allows what the policy file that it last loaded lists.
    const tool = 'tool' in request ? String(request.tool) : '';
    const policy = reloads.at(-1) ?? '';
    return policy.includes(`name: ${JSON.stringify(tool)}`)
      ? { allowed: true }
      : { allowed: false, reason: 'tool not in allowlist' };
  };
  const reply = (response: ServerResponse, status: number, body: string, type?: string): void => {
    response.writeHead(status, { 'content-type': type ?? 'application/json' });
    response.end(body);
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (request.method !== 'POST') faults.push(`method ${request.method}`);
      if (request.headers.authorization !== `Bearer ${token}`) {
        reply(response, 403, '{"error":"forbidden: invalid service token"}\n');
        return;
      }
      if (path === '/v1/evaluate') calls.push(body);
      waiting.get(path)?.();
      const manner = manners.get(path) ?? { kind: 'as_the_contract' };
      if (once.delete(path)) manners.delete(path);
      switch (manner.kind) {
        case 'silent':
          return;
        case 'held':
          await held.promise;
          if (path === '/v1/reload') reloads.push(await readFile(policyPath, 'utf8'));
          reply(response, 200, manner.body);
          return;
        case 'answer':
          reply(response, manner.status, manner.body, manner.type);
          return;
        case 'half':
          response.writeHead(200, {
            'content-type': 'application/json',
            'content-length': manner.body.length + 10,
          });
          response.write(manner.body, () => response.destroy());
          return;
        case 'as_the_contract':
          if (path === '/v1/evaluate') reply(response, 200, `${JSON.stringify(evaluate(body))}\n`);
          else {
            reloads.push(await readFile(policyPath, 'utf8').catch(() => ''));
            reply(response, 200, '{"status":"reloaded"}\n');
          }
      }
    });
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const listen = async (port: number): Promise<number> => {
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    return address.port;
  };
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  const port = await listen(0);
  t.after(stop);
  return {
    port,
    faults,
    calls,
    reloads,
    behave: (path, manner) => {
      manners.set(path, manner);
    },
    behaveOnce: (path, manner) => {
      manners.set(path, manner);
      once.add(path);
    },
    release: () => held.resolve(),
    nextRequest: (path) =>
      new Promise((resolve) => {
        waiting.set(path, resolve);
      }),
    stop,
    start: async () => {
      await listen(port);
    },
  };
};
