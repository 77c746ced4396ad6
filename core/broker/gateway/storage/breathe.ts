/** Lets the rest of the broker run: long work on many names calls it between two pieces. */
export const breathe = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
