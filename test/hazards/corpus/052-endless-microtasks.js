// Keep the thread by promises alone, so that no single job is long. The document names the way.
const ways = {
  await: async () => {
    for (;;) await 0;
  },
  breed: async () => {
    const breed = () => Promise.resolve().then(breed);
    await breed();
  },
  'two by two': async () => {
    const twins = () => {
      Promise.resolve().then(twins);
      Promise.resolve().then(() => {}, twins);
    };
    await twins();
    await new Promise(() => {});
  },
  thenable: async () => {
    const next = () => ({ then: (resolve) => resolve(next()) });
    await next();
  },
  generator: async () => {
    const endless = async function* () {
      for (;;) yield 0;
    };
    for await (const each of endless()) void each;
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  await (ways[content.trim()] ?? ways.await)();
  return { escaped: ['ended an endless chain'] };
};
