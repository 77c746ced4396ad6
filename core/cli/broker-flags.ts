/**
 * How the broker's process runs: no compiler, no `__proto__`, no inspector by a signal, and a heap that stays
 * small. V8 would let the young generation grow to three times 16 MB before it looks back, so that a broker
 * under load seemed to leak.
 */
export const BROKER_FLAGS: readonly string[] = [
  '--jitless',
  '--disable-proto=throw',
  '--disable-sigusr1',
  '--max-semi-space-size=2',
  '--max-old-space-size=256',
];
