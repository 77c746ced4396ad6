// Leave rejections that nobody handles, of every kind.
const leave = (handles) => {
  Promise.reject(new Error('unhandled'));
  Promise.reject(null);
  Promise.reject({ then: () => {} });
  Promise.reject(
    new Proxy(
      {},
      {
        get() {
          throw new Error('from a trap');
        },
      },
    ),
  );
  handles.path.read({ encoding: 'evil' });
  (async () => {
    throw undefined;
  })();
  const generator = (function* () {
    try {
      yield 1;
    } finally {
      Promise.reject('in the return of a generator');
    }
  })();
  generator.next();
  generator.return();
  const stack = new AsyncDisposableStack();
  stack.defer(async () => {
    throw new Error('from a disposer');
  });
  stack.disposeAsync();
  (async () => {
    await using held = {
      async [Symbol.asyncDispose]() {
        throw new Error('await using');
      },
    };
    throw new Error(`suppressed ${typeof held}`);
  })();
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  leave(handles);
  await handles.path.read({ encoding: 'text' });
  return { escaped: [], content };
};
