import Fastify from 'fastify';
import type { Mode } from '../../vocabulary/enums.ts';
import { factsOf, toAgentError } from '../../vocabulary/errors.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { Log } from '../../vocabulary/log.ts';
import type { PluginVerbs } from '../catalog/store/plugin-store.ts';
import type { TaskService } from '../task/task-service.ts';
import type { PeerCredentials } from '../task/verbs/task-request.ts';
import { type AuthRules, authenticate } from './authenticate.ts';
import { type Connection, makeConnections } from './connections.ts';
import { HTTP_TIMING, type HttpTiming } from './http-timing.ts';
import type { ListenAddress } from './listen-address.ts';
import { logInternal } from './log-internal.ts';
import { openListener, type SocketFilePower } from './open-listener.ts';
import { bodyTooLarge, receiveBody } from './received-body.ts';
import { RETRY_AFTER_SECONDS, refusalBody } from './refusal-body.ts';
import { refuseUnrouted } from './refuse-unrouted.ts';
import { refuseWebPages } from './refuse-web-pages.ts';
import { canonicalTarget, pathOf } from './request-path.ts';
import { addOperatorRoutes, bodyBytes } from './routes/operator-routes.ts';
import { addPlainRoutes } from './routes/plain-routes.ts';
import { addTaskRoutes } from './routes/task-routes.ts';
import { SAFE_HEADERS } from './safe-headers.ts';

export interface AppDeps {
  readonly service: TaskService;
  readonly plugins: PluginVerbs;
  readonly auth: AuthRules;
  readonly workspaces: ReadonlySet<string>;
  readonly defaultMode: Mode;
  readonly health: () => JsonObject;
  readonly address: ListenAddress;
  readonly socketFiles: SocketFilePower;
  /** Who is at the other end, as the kernel says; asked once, when the connection is made. */
  readonly peerOf: (connection: Connection) => PeerCredentials | null;
  readonly log: Log;
  readonly timing?: Partial<HttpTiming>;
}

export interface App {
  listen(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The HTTP boundary (wire contract sections 2 to 5 and 32). Everything in a request is the caller's choice.
 * Each request goes the same way: body read to its end, web pages refused, token checked, and only then
 * looked up, so that an unknown path tells nothing to one without a token.
 */
export const makeApp = async (deps: AppDeps): Promise<App> => {
  const timing = { ...HTTP_TIMING, ...deps.timing };
  const connections = makeConnections(deps.peerOf);
  const app = Fastify({
    logger: false,
    rewriteUrl: (request) => canonicalTarget(request.url ?? '/'),
    clientErrorHandler: connections.onClientError,
    return503OnClosing: false,
    requestTimeout: timing.requestMs,
    connectionTimeout: timing.silenceMs,
    keepAliveTimeout: timing.keepAliveMs,
    routerOptions: { maxParamLength: 16_384 },
    http: {
      headersTimeout: timing.headersMs,
      connectionsCheckingInterval: timing.checkMs,
      maxHeaderSize: 16_384,
      // A missing Host is refused by us, in JSON.
      requireHostHeader: false,
    },
  });
  app.server.maxConnections = timing.maxConnections;
  connections.watch(app.server);

  // Bodies are read here, before anything else, so Fastify reads none.
  app.addHttpMethod('POST', { hasBody: false, overrideExisting: true });
  app.setReplySerializer((payload) => `${JSON.stringify(payload)}\n`);
  app.setErrorHandler((thrown, _request, reply) => {
    const error = toAgentError(thrown);
    if (error.code === 'internal') logInternal(deps.log, error.cause);
    if (error.code === 'capacity') reply.header('Retry-After', RETRY_AFTER_SECONDS);
    return reply.code(factsOf(error.code).status).send(refusalBody(error));
  });

  app.addHook('onRequest', async (request, reply) => {
    reply.headers(SAFE_HEADERS);
    const body = await receiveBody(request, bodyBytes(request, deps.auth));
    if (body.kind === 'too_large' && !body.ended) reply.header('Connection', 'close');
    refuseWebPages(request.raw.headersDistinct, request.raw.httpVersion, deps.address);
    authenticate(pathOf(request.url), request.raw.headersDistinct, deps.auth);
    if (request.is404) return refuseUnrouted(app, request, reply);
    if (body.kind === 'too_large') throw bodyTooLarge(body.most);
  });

  addPlainRoutes(app, deps.health);
  addTaskRoutes(app, { ...deps, peerAt: connections.peerAt });
  addOperatorRoutes(app, { ...deps, peerAt: connections.peerAt });
  await app.ready();

  return Object.freeze({
    listen: () => openListener(app, deps.address, deps.socketFiles),
    close: async () => {
      const cut = setTimeout(() => app.server.closeAllConnections(), timing.closeMs);
      await app.close();
      clearTimeout(cut);
    },
  });
};
