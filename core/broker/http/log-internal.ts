import type { Log } from '../../vocabulary/log.ts';

/** An unforeseen error for the service log: its name and its place, not its text, which may quote a request. */
export const logInternal = (log: Log, cause: unknown): void => {
  const error = cause instanceof Error ? cause : undefined;
  const place = error?.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  log.error({ error: error?.name ?? typeof cause, place: place.slice(0, 8) }, 'request failed');
};
