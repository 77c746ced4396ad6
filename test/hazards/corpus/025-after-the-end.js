// Queue work that would run once the task is done, by every queue there is.
export default async (input, handles) => {
  const escaped = [
    'FinalizationRegistry',
    'WeakRef',
    'setImmediate',
    'process',
    'requestIdleCallback',
  ].filter((name) => name in globalThis);
  const again = async () => {
    for (;;) await handles.path.read({ encoding: 'text', length: 1 });
  };
  again().catch(() => {});
  const iterator = (async function* () {
    try {
      yield 1;
    } finally {
      again().catch(() => {});
    }
  })();
  await iterator.next();
  iterator.return();
  return { escaped };
};
