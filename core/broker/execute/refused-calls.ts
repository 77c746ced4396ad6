import { type AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { Handle, HandleMethod } from '../supervisor/supervisor.ts';

/** The handle calls of one step that the host refused. */
export interface RefusedCalls {
  /** The same handles, each refusal remembered before the guest hears of it. */
  watching(handles: readonly Handle[]): readonly Handle[];
  /** The refusal with which a step ended that let it pass, or undefined where it ended in its own words. */
  named(message: string): AgentError | undefined;
}

// A guest ends with a text of its own. Where that text is the refusal of one of its calls, the outcome is that
// refusal, with the host's code and remedy. A guest may choose among refusals that it got; it makes none up.
export const makeRefusedCalls = (): RefusedCalls => {
  const refused = new Map<string, AgentError>();
  const watch =
    (method: HandleMethod): HandleMethod =>
    (args, signal) =>
      method(args, signal).catch((thrown: unknown) => {
        const error = toAgentError(thrown);
        refused.set(error.message, error);
        throw error;
      });
  return Object.freeze<RefusedCalls>({
    watching: (handles) =>
      handles.map((handle) => ({
        ...handle,
        methods: new Map([...handle.methods].map(([name, method]) => [name, watch(method)])),
      })),
    named: (message) => refused.get(message),
  });
};
