import type { FreshIsolate, MakeIsolate } from './fresh-isolate.ts';

/** One isolate made ahead, while the cell has nothing else to do. */
export interface Stock {
  /** The isolate at hand if it fits, else a new one. */
  take(heapMb: number): Promise<FreshIsolate>;
  fill(): Promise<void>;
  /** Fills after a quiet moment: making an isolate blocks, and the broker is busy with the result. */
  fillLater(): void;
}

const QUIET_MS = 2;

export const makeStock = (make: MakeIsolate, heapMb: number): Stock => {
  let ready: FreshIsolate | undefined;
  let timer: NodeJS.Timeout | undefined;

  const fill = async (): Promise<void> => {
    ready ??= await make(heapMb);
  };
  return Object.freeze({
    fill,
    fillLater: (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => void fill(), QUIET_MS);
    },
    take: async (wanted: number): Promise<FreshIsolate> => {
      clearTimeout(timer);
      if (ready === undefined || ready.heapMb !== wanted) return make(wanted);
      const isolate = ready;
      ready = undefined;
      return isolate;
    },
  });
};
