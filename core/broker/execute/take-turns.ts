import { AgentError } from '../../vocabulary/errors.ts';

/** A few places, taken in the order in which they were asked for. */
export interface Turns {
  /**
   * Waits for a place and answers how to give it back.
   * @throws AgentError `capacity` where there is no place at all; the signal's reason
   */
  take(signal: AbortSignal): Promise<() => void>;
}

// A step that invokes a tool keeps its own cell busy meanwhile. Were every cell such a caller's, each would wait
// for another one and none would go on. So the tools that run inside steps have places of their own, for which
// the pool has cells beyond one for each step; who runs in such a place waits for nobody who waits for a place.
export const makeTurns = (places: number): Turns => {
  const waiting = new Set<() => void>();
  let free = places;

  const giveBack = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    waiting.delete(next);
    next();
  };
  const once = (): (() => void) => {
    let given = false;
    return () => {
      if (!given) giveBack();
      given = true;
    };
  };
  return Object.freeze<Turns>({
    take: async (signal) => {
      signal.throwIfAborted();
      if (places === 0) {
        throw new AgentError({ code: 'capacity', message: 'no cell is left for a tool of a step' });
      }
      if (free > 0) {
        free -= 1;
        return once();
      }
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const leave = (): void => {
        if (waiting.delete(resolve)) reject(signal.reason);
      };
      waiting.add(resolve);
      signal.addEventListener('abort', leave, { once: true });
      await promise.finally(() => signal.removeEventListener('abort', leave));
      return once();
    },
  });
};
