/** Work that many callers want done, each of them from after the moment it asked. */
export interface SharedRun {
  /** Resolves when a run that began after this call has ended. Its signal lets go of this caller only. */
  join(signal: AbortSignal): Promise<void>;
}

interface Run {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  started: boolean;
  callers: number;
}

/**
 * Runs `work` for all who ask, at most one at a time and at most one waiting. Who asks while one runs
 * shares the next: what happened before it asked must be seen (a step searches what the step before it
 * wrote). A run whose callers have all gone is aborted.
 */
export const makeSharedRun = (work: (signal: AbortSignal) => Promise<void>): SharedRun => {
  let last: Run | undefined;

  const enqueue = (before: Promise<void>): Run => {
    const controller = new AbortController();
    const begin = async (): Promise<void> => {
      run.started = true;
      controller.signal.throwIfAborted();
      await work(controller.signal);
    };
    const run: Run = { controller, done: before.then(begin, begin), started: false, callers: 0 };
    run.done.catch(() => undefined);
    return run;
  };

  const wait = (run: Run, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      run.callers += 1;
      const leave = (): void => {
        run.callers -= 1;
        if (run.callers === 0) run.controller.abort(signal.reason);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      run.done.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });

  return Object.freeze({
    join: async (signal: AbortSignal) => {
      signal.throwIfAborted();
      const run =
        last === undefined || last.started || last.controller.signal.aborted
          ? enqueue(last?.done ?? Promise.resolve())
          : last;
      last = run;
      await wait(run, signal);
    },
  });
};
