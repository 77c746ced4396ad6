import { Worker } from 'node:worker_threads';

/** A thread that was running before the lock, and takes texts to run after it (attack 204). */
export interface OlderThread {
  readonly run: (source: string) => Promise<string>;
}

/** Starts the thread and waits until it runs. Its reports go to `report`. */
export const startOlderThread = async (report: (line: string) => void): Promise<OlderThread> => {
  const worker = new Worker(new URL('./thread.js', import.meta.url), { stdin: false });
  const { promise: started, resolve, reject } = Promise.withResolvers<string>();
  let settle = resolve;
  worker.once('error', reject);
  worker.on('message', ({ kind, text }: { readonly kind: string; readonly text: string }) => {
    if (kind === 'report') report(text);
    else settle(text);
  });
  await started;
  return Object.freeze({
    run: (source: string) =>
      new Promise<string>((answer) => {
        settle = answer;
        worker.postMessage(source);
      }),
  });
};
