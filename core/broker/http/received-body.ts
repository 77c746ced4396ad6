import type { FastifyRequest } from 'fastify';
import { AgentError } from '../../vocabulary/errors.ts';
import { invalid } from './invalid.ts';
import { BODY_BYTES, type ReadBody, readBody } from './read-body.ts';

const bodies = new WeakMap<object, ReadBody>();

/** Reads a request's body to its end, once, and keeps at most `keep` bytes of it for the route. */
export const receiveBody = async (request: FastifyRequest, keep: number): Promise<ReadBody> => {
  const body = await readBody(request.raw, keep);
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
      throw bodyTooLarge(body.most);
    case 'aborted':
    case undefined:
      throw invalid('request body incomplete');
  }
};

export const bodyTooLarge = (most: number): AgentError =>
  new AgentError({
    code: 'body_too_large',
    message: `request body too large (max ${most} bytes)`,
    ...(most === BODY_BYTES ? {} : { remedy: `send at most ${most} bytes` }),
  });
