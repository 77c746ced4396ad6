import type { FastifyRequest } from 'fastify';
import { AgentError } from '../../vocabulary/errors.ts';
import { invalid } from './invalid.ts';
import { type ReadBody, readBody } from './read-body.ts';

const bodies = new WeakMap<object, ReadBody>();

/** Reads a request's body to its end, once, and keeps it for the route. */
export const receiveBody = async (request: FastifyRequest): Promise<ReadBody> => {
  const body = await readBody(request.raw);
  bodies.set(request.raw, body);
  return body;
};

/**
 * The bytes that came with a request.
 * @throws AgentError body_too_large, or invalid_request where the caller went away
 */
export const bytesOf = (request: FastifyRequest): Uint8Array => {
  const body = bodies.get(request.raw);
  switch (body?.kind) {
    case 'whole':
      return body.bytes;
    case 'too_large':
      throw bodyTooLarge();
    case 'aborted':
    case undefined:
      throw invalid('request body incomplete');
  }
};

export const bodyTooLarge = (): AgentError =>
  new AgentError({ code: 'body_too_large', message: 'request body too large (max 65536 bytes)' });
