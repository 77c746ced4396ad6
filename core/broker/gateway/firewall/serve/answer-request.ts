import type { JsonObject } from '../../../../vocabulary/json.ts';
import type { FirewallEngine } from '../firewall-engine.ts';
import { MOST_BODY_BYTES } from '../request/parse-call.ts';

export interface FirewallRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Every Authorization header that came. */
  readonly authorization: readonly string[];
  /** Undefined where it is longer than a request may be. */
  readonly body: Uint8Array | undefined;
}

export interface FirewallReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface AnswerDeps {
  readonly engine: FirewallEngine;
  /** Compares in constant time. */
  readonly isToken: (candidate: string) => boolean;
  /** Reads the policy file again; rejects with why it is refused, and the old policy stays whole. */
  readonly reload: () => Promise<void>;
}

/** The peer's endpoints, statuses and texts (wire contract sections 18, 32.15). */
export const answerRequest = async (
  request: FirewallRequest,
  deps: AnswerDeps,
): Promise<FirewallReply> => {
  // Anyone on this machine can write to the port. Only /health answers without the token, and that is asked
  // before method and body are looked at.
  if (request.path === '/health') return health(deps.engine);
  if (!ROUTES.has(request.path)) return text(404, '404 page not found');
  if (!isAuthorized(request, deps)) return json(403, { error: 'forbidden: invalid service token' });
  switch (request.path) {
    case '/v1/stats':
      return stats(deps.engine);
    case '/v1/evaluate':
      return request.method === 'POST' ? await evaluate(request.body, deps.engine) : NOT_ALLOWED;
    default:
      return request.method === 'POST' ? await reload(deps) : NOT_ALLOWED;
  }
};

const ROUTES: ReadonlySet<string> = new Set(['/v1/evaluate', '/v1/stats', '/v1/reload']);

const isAuthorized = (
  { authorization: [value, ...more] }: FirewallRequest,
  { isToken }: AnswerDeps,
): boolean =>
  value?.startsWith('Bearer ') === true && more.length === 0 && isToken(value.slice(SCHEME));
const SCHEME = 'Bearer '.length;

const evaluate = async (
  body: Uint8Array | undefined,
  engine: FirewallEngine,
): Promise<FirewallReply> => {
  if (body === undefined) return text(413, 'request too large');
  const evaluation = await engine.evaluate(body);
  switch (evaluation.kind) {
    case 'verdict':
      return json(200, { ...evaluation.verdict });
    case 'malformed':
      return text(evaluation.status, evaluation.text);
    case 'unrecorded':
      return json(503, { error: 'audit service unavailable' });
    case 'no_policy':
      return json(503, { error: 'policy unavailable' });
    default: {
      const unknown: never = evaluation;
      throw new Error(`unknown evaluation ${String(unknown)}`);
    }
  }
};

const reload = async ({ reload: load }: AnswerDeps): Promise<FirewallReply> => {
  try {
    await load();
    return json(200, { status: 'reloaded' });
  } catch (thrown) {
    return json(500, { error: thrown instanceof Error ? thrown.message : 'reload failed' });
  }
};

const health = (engine: FirewallEngine): FirewallReply => {
  const { totalRequests, deniedRequests } = engine.stats();
  return json(200, {
    status: 'ok',
    total_requests: totalRequests,
    denied_requests: deniedRequests,
  });
};

const stats = (engine: FirewallEngine): FirewallReply => {
  const { allowedTools, deniedTools, totalRequests, deniedRequests } = engine.stats();
  return json(200, {
    default_action: 'deny',
    allowed_tools: allowedTools,
    denied_tools: deniedTools,
    total_requests: totalRequests,
    denied_requests: deniedRequests,
  });
};

const json = (status: number, value: JsonObject): FirewallReply => ({
  status,
  contentType: 'application/json',
  body: `${JSON.stringify(value)}\n`,
});

const text = (status: number, message: string): FirewallReply => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body: `${message}\n`,
});

const NOT_ALLOWED: FirewallReply = text(405, 'method not allowed');

/** Longer bodies are read to their end and not kept. */
export const MOST_KEPT_BYTES: number = MOST_BODY_BYTES;
