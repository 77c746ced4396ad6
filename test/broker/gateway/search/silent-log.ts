import type { Log } from '../../../../core/vocabulary/log.ts';

/** A service log that keeps nothing. */
export const silentLog: Log = {
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
