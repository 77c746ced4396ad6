/** What was opened is closed in the opposite order, also when a later part refuses to stand. */
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
      for (const closer of closers.splice(0).reverse()) await closer();
    },
  });
};
