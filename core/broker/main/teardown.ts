/**
 * What was opened is closed in the opposite order, also when a later part refuses to stand. A part that does not
 * close keeps no other from it; the first failure is thrown when all were asked.
 */
export interface Teardown {
  readonly onClose: OnClose;
  close(): Promise<void>;
}

export type OnClose = (closer: () => Promise<void> | void) => void;

export const makeTeardown = (): Teardown => {
  const closers: (() => Promise<void> | void)[] = [];
  return Object.freeze<Teardown>({
    onClose: (closer) => {
      closers.push(closer);
    },
    close: async () => {
      const failures: unknown[] = [];
      for (const closer of closers.splice(0).reverse()) {
        try {
          await closer();
        } catch (thrown) {
          failures.push(thrown);
        }
      }
      if (failures.length > 0) throw failures[0];
    },
  });
};
