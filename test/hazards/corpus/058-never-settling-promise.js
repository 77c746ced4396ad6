// Never settle, without using any time. The document names the way.
const ways = {
  promise: () => new Promise(() => {}),
  thenable: () => ({ then: () => {} }),
  itself: () => {
    const held = {};
    held.promise = new Promise((resolve) => (held.resolve = resolve)).then(() => held.promise);
    held.resolve();
    return new Promise(() => {});
  },
  'in finally': async () => {
    try {
      throw 1;
    } finally {
      await new Promise(() => {});
    }
  },
  generator: async () => {
    for await (const each of (async function* () {
      yield await new Promise(() => {});
    })())
      void each;
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  await (ways[content.trim()] ?? ways.promise)();
  return { escaped: ['a promise settled that nobody settles'] };
};
