import type { KernelLayer } from '../../protocol/lock-facts.ts';
import { AgentError } from '../../vocabulary/errors.ts';

/** Why a cell does not serve: the layer that does not stand, and the reason in one line. */
export const noWall = (layer: KernelLayer | 'descriptors', reason: string): AgentError =>
  new AgentError({
    code: 'sandbox_unavailable',
    message: reason,
    details: { layer },
  });
