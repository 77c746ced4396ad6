import type { Log } from '../../../vocabulary/log.ts';
import type { FoundRow, IndexCall, IndexReply, IndexRequest } from './index-messages.ts';

export interface IndexThread {
  post(request: IndexRequest): void;
  terminate(): Promise<void>;
}

/** The authority to run the index thread, and nothing else. */
export interface SearchIndexPower {
  start(listener: { reply(reply: IndexReply): void; ended(reason: string): void }): IndexThread;
}

export interface IndexClient {
  /** @throws IndexLost when the thread fails the call, ends, or takes longer than a call may */
  call(call: IndexCall): Promise<readonly FoundRow[]>;
  close(): Promise<void>;
}

/** The index that a call was for is gone: what it held must be built again. */
export class IndexLost extends Error {
  override readonly name = 'IndexLost';
}

interface Waiting {
  readonly request: IndexRequest;
  resolve(found: readonly FoundRow[]): void;
  reject(error: IndexLost): void;
}

/**
 * Speaks with the index thread, one call at a time, so that a deadline measures the thread's own work.
 * The thread starts with the first call; one that ends or overruns takes every waiting call with it, and
 * the next call starts a new one. The queue is as long as its callers are many: each waits for its answer.
 */
export const makeIndexClient = (deps: {
  power: SearchIndexPower;
  log: Log;
  requestMs: number;
}): IndexClient => {
  const queue: Waiting[] = [];
  let thread: IndexThread | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let lastId = 0;
  let closed = false;

  const lose = (reason: string): void => {
    thread = undefined;
    clearTimeout(timer);
    for (const waiting of queue.splice(0)) waiting.reject(new IndexLost(reason));
  };

  // An old thread may still speak or end after its successor started: each listens for itself alone.
  const start = (): IndexThread => {
    const started = deps.power.start({
      reply: (reply) => {
        if (thread === started) settle(reply);
      },
      ended: (reason) => {
        if (thread !== started) return;
        deps.log.warn({ reason }, 'search index thread ended');
        lose('index thread ended');
      },
    });
    return started;
  };

  const settle = (reply: IndexReply): void => {
    if (reply.id !== queue[0]?.request.id) return;
    clearTimeout(timer);
    const waiting = queue.shift();
    if (reply.kind === 'done') waiting?.resolve(reply.found);
    else waiting?.reject(new IndexLost(reply.error));
    postFirst();
  };

  const postFirst = (): void => {
    const first = queue[0];
    if (first === undefined) return;
    thread ??= start();
    timer = setTimeout(overrun, deps.requestMs);
    thread.post(first.request);
  };

  const overrun = (): void => {
    const late = thread;
    deps.log.error({ call: queue[0]?.request.call.kind }, 'search index thread overran its time');
    lose('index thread overran its time');
    late?.terminate().catch(() => undefined);
  };

  return Object.freeze({
    call: (call: IndexCall) =>
      new Promise<readonly FoundRow[]>((resolve, reject) => {
        if (closed) return reject(new IndexLost('index is closed'));
        lastId += 1;
        queue.push({ request: { id: lastId, call }, resolve, reject });
        if (queue.length === 1) postFirst();
      }),
    close: async () => {
      closed = true;
      const ending = thread;
      lose('index is closed');
      await ending?.terminate();
    },
  });
};
