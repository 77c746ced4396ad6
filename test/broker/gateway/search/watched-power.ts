import type {
  IndexThread,
  SearchIndexPower,
} from '../../../../core/broker/gateway/search/index-client.ts';
import { makeSearchWorkerPowers } from '../../../../core/broker/main/powers/search-worker.ts';

export interface WatchedPower extends SearchIndexPower {
  readonly threads: readonly IndexThread[];
}

/** The real power, with the threads that it started in sight. */
export const makeWatchedPower = (): WatchedPower => {
  const power = makeSearchWorkerPowers();
  const threads: IndexThread[] = [];
  return {
    threads,
    start: (listener) => {
      const thread = power.start(listener);
      threads.push(thread);
      return thread;
    },
  };
};
