const FREE_DEATHS = 3;
const FIRST_MS = 100;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next cell when so many died one after another without one completed step
 * between: a plugin that kills its cells must not keep the machine busy starting them (attack 207).
 */
export const backOffMs = (deaths: number): number =>
  deaths <= FREE_DEATHS ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (deaths - FREE_DEATHS - 1));
