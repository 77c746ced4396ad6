/**
 * A wall clock that nobody can hold back: it goes on with the time since its start when the machine's
 * clock is set back, and follows it forwards. So an expiry comes at its monotonic or its wall time,
 * whichever is earlier (attack 199).
 */
export const makeSteadyClock = (
  /** Unix milliseconds, as the machine says. */
  wall: () => number,
  /** Milliseconds since any fixed moment. */
  elapsed: () => number,
): (() => number) => {
  const start = wall() - elapsed();
  return () => Math.max(wall(), Math.floor(start + elapsed()));
};
