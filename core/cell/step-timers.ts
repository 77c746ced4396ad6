/** The timers of one step: what the guest program asks of its own cell and the broker never hears. */
export interface StepTimers {
  /** Answers a timer's message when its time has come, `refused` beyond 64; undefined for any other. */
  answer(body: string): Promise<string> | 'refused' | undefined;
  stop(): void;
}

const MOST_PENDING = 64;
const SET = /^\{"timer":(\d{1,9}),"ms":(\d{1,9})\}$/;
const CLEAR = /^\{"clear":(\d{1,9})\}$/;
const DONE = '';

/** @param longestMs no delay is longer; more than the step may last, so that the step ends first */
export const makeStepTimers = (longestMs: number): StepTimers => {
  const pending = new Map<string, { readonly timer: NodeJS.Timeout; readonly end: () => void }>();

  const set = (id: string, ms: number): Promise<string> =>
    new Promise((resolve) => {
      const end = (): void => {
        pending.delete(id);
        resolve(DONE);
      };
      pending.set(id, { timer: setTimeout(end, Math.min(ms, longestMs)), end });
    });
  const clear = (id: string): Promise<string> => {
    const set = pending.get(id);
    clearTimeout(set?.timer);
    set?.end();
    return Promise.resolve(DONE);
  };

  return Object.freeze({
    answer: (body: string): Promise<string> | 'refused' | undefined => {
      const [, id, ms] = SET.exec(body) ?? [];
      if (id !== undefined) {
        const refused = pending.has(id) || pending.size === MOST_PENDING;
        return refused ? 'refused' : set(id, Number(ms));
      }
      const [, cleared] = CLEAR.exec(body) ?? [];
      return cleared === undefined ? undefined : clear(cleared);
    },
    stop: (): void => {
      for (const { timer } of pending.values()) clearTimeout(timer);
      pending.clear();
    },
  });
};
