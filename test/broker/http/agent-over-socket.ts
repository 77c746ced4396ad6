import { mkdtemp, rm } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PluginVerbs } from '../../../core/broker/catalog/store/plugin-store.ts';
import { type App, type AppDeps, makeApp } from '../../../core/broker/http/app.ts';
import type { TokenRead } from '../../../core/broker/http/authenticate.ts';
import { makeSocketFilesPowers } from '../../../core/broker/main/powers/socket-files.ts';
import { AgentError } from '../../../core/vocabulary/errors.ts';
import { type MemoryTasks, makeMemoryTasks } from './memory-tasks.ts';

export const UI_TOKEN = 'ui-token-0123456789abcdef';
export const CONTAINMENT_TOKEN = 'containment-0123456789abcdef';
export const OPERATOR_TOKEN = 'operator-0123456789abcdef';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads replies of every shape
  readonly json: any;
}

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly token?: string | null;
  readonly type?: string | null;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
  /** Sent as it is, as JSON. */
  readonly json?: unknown;
}

export interface AgentOverSocket extends AsyncDisposable {
  readonly path: string;
  readonly folder: string;
  readonly app: App;
  readonly tasks: MemoryTasks;
  readonly tokens: { ui: TokenRead; containment: TokenRead; operator: TokenRead };
  readonly logged: object[];
  call(call: Call): Promise<Answer>;
  /** Writes bytes to a new connection and reads until it ends. */
  raw(bytes: string | Buffer): Promise<string>;
}

const notFound = async (): Promise<never> => {
  throw new AgentError({ code: 'plugin_not_found', message: 'no such plugin is installed' });
};

/** An agent without any plugin. */
const noPlugins: PluginVerbs = {
  list: () => [],
  show: () => {
    throw new AgentError({ code: 'plugin_not_found', message: 'no such plugin is installed' });
  },
  manifest: notFound,
  install: notFound,
  enable: notFound,
  suspend: notFound,
  revoke: notFound,
};

/** The real app on a real Unix socket in a temporary folder, over tasks in memory. */
export const startAgent = async (changes: Partial<AppDeps> = {}): Promise<AgentOverSocket> => {
  const folder = await mkdtemp(join(tmpdir(), 'secai-http-'));
  const path = join(folder, 'agent.sock');
  const tasks = makeMemoryTasks();
  const tokens: AgentOverSocket['tokens'] = {
    ui: { ok: true, token: UI_TOKEN },
    containment: { ok: true, token: CONTAINMENT_TOKEN },
    operator: { ok: true, token: OPERATOR_TOKEN },
  };
  const logged: object[] = [];
  const keep = (fields: object, message: string): void => {
    logged.push({ ...fields, message });
  };
  const app = await makeApp({
    service: tasks,
    plugins: noPlugins,
    auth: {
      tokens: {
        ui: () => tokens.ui,
        containment: () => tokens.containment,
        operator: () => tokens.operator,
      },
      openWithoutToken: false,
    },
    workspaces: new Set(['user_docs', 'outputs']),
    defaultMode: 'standard',
    health: () => ({ status: 'ok', service: 'agent' }),
    address: { kind: 'unix', path },
    socketFiles: makeSocketFilesPowers(),
    peerOf: () => null,
    log: { info: keep, warn: keep, error: keep },
    ...changes,
  });
  await app.listen();
  const address = changes.address ?? { kind: 'unix', path };
  const target =
    address.kind === 'unix'
      ? { socketPath: address.path }
      : { host: address.host, port: address.port };

  return {
    path,
    folder,
    app,
    tasks,
    tokens,
    logged,
    call: (call) => send(target, call),
    raw: (bytes) => sendRaw(path, bytes),
    [Symbol.asyncDispose]: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
};

const send = (target: object, call: Call): Promise<Answer> => {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const token = call.token === undefined ? UI_TOKEN : call.token;
  const body = call.json === undefined ? call.body : JSON.stringify(call.json);
  const type = call.type === undefined && body !== undefined ? 'application/json' : call.type;
  const outgoing = request(
    {
      ...target,
      method: call.method ?? 'GET',
      path: call.path,
      agent: false,
      setDefaultHeaders: true,
      headers: {
        host: 'localhost',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(type === undefined || type === null ? {} : { 'content-type': type }),
        ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
        ...call.headers,
      },
    },
    (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const json = text === '' ? undefined : JSON.parse(text);
        resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text, json });
      });
    },
  );
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
};

const sendRaw = (path: string, bytes: string | Buffer): Promise<string> => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect({ path });
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer | string) => chunks.push(Buffer.from(chunk)));
  socket.on('error', () => {});
  socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  socket.write(bytes);
  return promise;
};
