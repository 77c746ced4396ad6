import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AgentError } from '../../vocabulary/errors.ts';
import { pathOf } from './request-path.ts';

/** The methods of our routes; each path answers OPTIONS beside its own. */
const METHODS = ['GET', 'HEAD', 'POST'] as const;

/**
 * Answers what no route takes: OPTIONS of a known path with its methods, else 405 with `Allow`, else 404.
 * @throws AgentError not_found, method_not_allowed
 */
export const refuseUnrouted = (
  app: FastifyInstance,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const url = pathOf(request.url);
  // The router lets a parameter be empty; to us a path that ends in a slash is another path.
  const methods = url.endsWith('/')
    ? []
    : METHODS.filter((method) => app.findRoute({ method, url }) !== null);
  if (methods.length === 0) throw new AgentError({ code: 'not_found', message: 'not found' });
  reply.header('Allow', [...methods, 'OPTIONS'].join(', '));
  if (request.method === 'OPTIONS') return reply.code(204).send();
  throw new AgentError({ code: 'method_not_allowed', message: 'method not allowed' });
};
