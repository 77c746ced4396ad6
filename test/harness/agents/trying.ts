import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { serve } from '../../../core/broker/main/entry.ts';
import { makePowers } from '../../../core/broker/main/powers.ts';
import { tryAll } from './try-all.ts';

// A composition root for tests: the real broker that tries, right before it listens, what its lock must
// refuse it, from every kind of thread that it has, and prints `{"tried":{…}}`. TRY_FILE exists and lies in no
// place of its profile.

const powers = makePowers();
const file = process.env['TRY_FILE'] ?? '';

// The thread of the index as the broker starts it, with the trial in place of the index.
const inWorker = async (): Promise<unknown> => {
  const worker = new Worker(new URL('./try-all.js', import.meta.url), {
    execArgv: [],
    env: {},
    workerData: file,
  });
  const [told] = await once(worker, 'message');
  return told;
};

await serve(process.env, {
  ...powers,
  socketFiles: {
    ...powers.socketFiles,
    // The last thing before it listens.
    setMode: async (...args) => {
      await powers.socketFiles.setMode(...args);
      const tried = { main: await tryAll(file), worker: await inWorker() };
      process.stdout.write(`${JSON.stringify({ tried })}\n`);
    },
  },
});
