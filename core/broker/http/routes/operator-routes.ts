import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toAgentError } from '../../../vocabulary/errors.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { Operator, PluginFacts, PluginVerbs } from '../../catalog/store/plugin-store.ts';
import { type AuthRules, authenticate } from '../authenticate.ts';
import type { Connections } from '../connections.ts';
import { parseJsonBody } from '../json-body.ts';
import { onlyFields } from '../only-fields.ts';
import { parseApproval, parseInstallation, parsePluginVersion } from '../parse-installation.ts';
import { BODY_BYTES } from '../read-body.ts';
import { bytesOf } from '../received-body.ts';
import { pathOf } from '../request-path.ts';

const PLUGINS = '/v1/operator/plugins';
/** A package and its verdicts as base64 in JSON. */
const PACKAGE_BYTES = 4 * 1024 * 1024;

/**
 * How much of a body is kept. Only the route that takes a package keeps more than the others, and only for one
 * who showed the operator's token: nobody else makes the agent hold megabytes (attack 168).
 */
export const bodyBytes = (
  request: Pick<FastifyRequest, 'method' | 'url'> & {
    readonly raw: Pick<FastifyRequest['raw'], 'headersDistinct'>;
  },
  auth: AuthRules,
): number => {
  if (request.method !== 'POST' || pathOf(request.url) !== PLUGINS) return BODY_BYTES;
  try {
    authenticate(PLUGINS, request.raw.headersDistinct, auth);
    return PACKAGE_BYTES;
  } catch (thrown) {
    // The same refusal is answered when the body is read.
    toAgentError(thrown);
    return BODY_BYTES;
  }
};

interface OperatorRouteDeps {
  readonly plugins: PluginVerbs;
  readonly peerAt: Connections['peerAt'];
}

/** What the operator of this machine does to plugins, under a token of its own. */
export const addOperatorRoutes = (app: FastifyInstance, deps: OperatorRouteDeps): void => {
  const { plugins } = deps;
  const who = (request: FastifyRequest): Operator => ({
    uid: deps.peerAt(request.raw.socket)?.uid ?? null,
  });

  app.get(PLUGINS, async () => ({ plugins: plugins.list().map(toJson) }));

  app.get(`${PLUGINS}/:id`, async (request) => {
    const id = idOf(request);
    return { id, versions: plugins.show(id).map(toJson) };
  });

  app.get(`${PLUGINS}/:id/:version`, async (request) => {
    const { id, version } = namesOf(request);
    return { ...(await plugins.manifest(id, version)) };
  });

  app.post(PLUGINS, async (request, reply) => {
    const installed = await plugins.install(parseInstallation(jsonOf(request)), who(request));
    return reply.code(201).send(toJson(installed));
  });

  app.post(`${PLUGINS}/:id/enable`, async (request) => {
    const body = jsonOf(request);
    onlyFields(body, ['version', 'approve'], 'unknown field of an enabling');
    const version = parsePluginVersion(body);
    const approve = parseApproval(body);
    return toJson(await plugins.enable({ id: idOf(request), version, approve }, who(request)));
  });

  for (const verb of ['suspend', 'revoke'] as const) {
    app.post(`${PLUGINS}/:id/${verb}`, async (request) => {
      const body = jsonOf(request);
      onlyFields(body, ['version'], 'unknown field');
      const id = idOf(request);
      const version = parsePluginVersion(body);
      const versions = await plugins[verb]({ id, version }, who(request));
      return { id, versions: versions.map(toJson) };
    });
  }
};

const toJson = (facts: PluginFacts): JsonObject => ({ ...facts });

const jsonOf = (request: FastifyRequest): JsonObject =>
  parseJsonBody(request.headers['content-type'], bytesOf(request));

const idOf = (request: FastifyRequest): string => namesOf(request).id;

const namesOf = (request: FastifyRequest): { readonly id: string; readonly version: string } => {
  const params = new Map(Object.entries(request.params ?? {}));
  const text = (name: string): string => {
    const value = params.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { id: text('id'), version: text('version') };
};
