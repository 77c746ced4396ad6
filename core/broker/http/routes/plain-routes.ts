import type { FastifyInstance } from 'fastify';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import { FREEZE_PATHS } from '../authenticate.ts';
import { MODE_LIST } from '../modes.ts';

/** The routes beside the tasks: health (the only one without a token), the modes, and the freeze. */
export const addPlainRoutes = (app: FastifyInstance, health: () => JsonObject): void => {
  app.get('/health', async () => health());
  app.get('/v1/modes', async () => ({ modes: MODE_LIST }));
  // Nothing can be frozen yet, and a 2xx would tell the incident recorder that it was.
  for (const path of FREEZE_PATHS) {
    app.post(path, async () => {
      throw new AgentError({
        code: 'containment_unavailable',
        message: 'containment not available',
      });
    });
  }
};
