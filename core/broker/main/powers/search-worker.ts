import { Worker } from 'node:worker_threads';
import type { SearchIndexPower } from '../../gateway/search/index-client.ts';
import type { IndexReply, IndexRequest } from '../../gateway/search/index-messages.ts';

/** The compiled thread entry, beside the rest of the search gateway. */
const ENTRY = new URL('../../gateway/search/worker.js', import.meta.url);

/**
 * Starts the thread that holds the search index. It inherits the process's V8 flags (`--jitless`) but no
 * command line flags and no environment.
 */
export const makeSearchWorkerPowers = (): SearchIndexPower =>
  Object.freeze({
    start: (listener: Parameters<SearchIndexPower['start']>[0]) => {
      const worker = new Worker(ENTRY, {
        name: 'search-index',
        execArgv: [],
        env: {},
        resourceLimits: {
          maxOldGenerationSizeMb: 192,
          maxYoungGenerationSizeMb: 32,
          stackSizeMb: 4,
        },
      });
      let reason = 'exit';
      worker.on('message', (reply: IndexReply) => listener.reply(reply));
      worker.on('error', (error) => {
        reason = error instanceof Error ? error.message : 'error';
      });
      worker.on('exit', () => listener.ended(reason));
      return Object.freeze({
        post: (request: IndexRequest) => worker.postMessage(request),
        terminate: async () => {
          await worker.terminate();
        },
      });
    },
  });
