// Catch the end and go on: by every construct that runs when a function is left. The document names it.
const loop = () => {
  for (;;);
};
const again = () => loop();
const ways = {
  catch: () => {
    for (;;) {
      try {
        loop();
      } catch {}
    }
  },
  finally: () => {
    for (;;) {
      try {
        loop();
      } finally {
        continue;
      }
    }
  },
  using: () => {
    using held = { [Symbol.dispose]: again };
    loop(held);
  },
  generator: () => {
    const steps = (function* () {
      try {
        yield 1;
      } finally {
        again();
      }
    })();
    for (const each of steps) loop(each);
  },
  promise: () => new Promise(loop).catch(again).finally(again),
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  const end = () => handles.path.read({ encoding: 'text' });
  try {
    await (ways[content.trim()] ?? ways.catch)();
  } catch {
    await end();
  } finally {
    await end();
  }
  return { escaped: ['a second chance'] };
};
