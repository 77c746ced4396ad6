import ivm from 'isolated-vm';

/** What an isolate may ask of the cell: text in, text out. Never rejects. */
export type Answer = (body: string) => Promise<string>;

/** An isolate with the guest program run and no plugin byte in it yet. Good for one step. */
export interface FreshIsolate {
  readonly heapMb: number;
  /** Runs the step; see the door of the guest program. Rejects when the isolate is stopped. */
  enter(parts: StepParts, answer: Answer, timeoutMs: number): Promise<unknown>;
  /** CPU of the step so far, in ms. The last value seen, once the isolate is gone. */
  cpuMs(): number;
  /** True when V8 ended the isolate by itself, which it does at its memory limit alone. */
  died(): boolean;
  /** Stops it. Settled when its thread has stopped, which for some builtins is never. */
  dispose(): Promise<void>;
}

export interface StepParts {
  readonly settings: string;
  readonly source: string;
  readonly input: string;
  readonly handles: string;
}

export type MakeIsolate = (heapMb: number) => Promise<FreshIsolate>;

const ignore = (): void => {};

/** Makes isolates that all start from the same guest program. */
export const makeIsolates = (
  program: string,
  onCatastrophe: (message: string) => void,
): MakeIsolate => {
  // isolated-vm crashes the process when the garbage collector takes an isolate whose thread still
  // works (5 of 60 starts, tried), so each is held from here until its thread has stopped.
  const held = new Set<ivm.Isolate>();

  return async (heapMb) => {
    const isolate = new ivm.Isolate({ memoryLimit: heapMb, onCatastrophicError: onCatastrophe });
    held.add(isolate);
    const context = await isolate.createContext();
    let answer: Answer | undefined;
    // The one thing of the host that the isolate holds, in a closure. What comes in is a string or the
    // isolate is not ours any more; what goes out is always a string, so nothing of this realm leaks.
    const ask = new ivm.Reference((body: unknown): Promise<string> => {
      if (typeof body !== 'string' || answer === undefined) return new Promise(() => {});
      return answer(body);
    });
    const door = await context.evalClosure(program, [ask], {
      result: { reference: true },
      filename: 'secai:guest',
    });
    const startCpu = isolate.cpuTime;
    let lastCpu = startCpu;
    let disposed = false;

    return Object.freeze({
      heapMb,
      enter: (parts: StepParts, answerWith: Answer, timeout: number): Promise<unknown> => {
        answer = answerWith;
        const { settings, source, input, handles } = parts;
        return door.apply(undefined, [settings, source, input, handles], {
          timeout,
          result: { promise: true },
        });
      },
      cpuMs: (): number => {
        if (!isolate.isDisposed) lastCpu = isolate.cpuTime;
        return Number((lastCpu - startCpu) / 1_000_000n);
      },
      died: (): boolean => isolate.isDisposed && !disposed,
      // Leftover work of the guest may outlast its result, and V8 cannot interrupt every builtin. A task
      // queued behind it settles only when the thread is free again: answered, or refused as disposed.
      dispose: async (): Promise<void> => {
        answer = undefined;
        if (!disposed && !isolate.isDisposed) {
          disposed = true;
          const stopped = isolate.getHeapStatistics().then(ignore, ignore);
          isolate.dispose();
          await stopped;
        }
        held.delete(isolate);
      },
    });
  };
};
