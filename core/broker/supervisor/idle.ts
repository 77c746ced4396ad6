/** The next time that a cell says it is idle, awaited once. */
export interface Idle {
  /** True when the cell became idle, false when it ended instead. */
  settle(free: boolean): void;
  isOver(): boolean;
  /** Waits; a cell that does not become idle in time is killed. */
  within(ms: number): Promise<boolean>;
}

export const makeIdle = (kill: () => void): Idle => {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  let over = false;
  return Object.freeze({
    settle: (free: boolean): void => {
      over = true;
      resolve(free);
    },
    isOver: () => over,
    within: async (ms: number): Promise<boolean> => {
      const timer = setTimeout(kill, ms);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
      }
    },
  });
};
