// Keep the garbage collector busy. The document names what with.
const storms = {
  finalizers: async () => {
    const registry = new FinalizationRegistry(() => {});
    for (;;) {
      for (let at = 0; at < 1e4; at += 1) registry.register({ at }, at);
      await 0;
    }
  },
  ephemerons: () => {
    let key = {};
    const first = key;
    const maps = Array.from({ length: 50 }, () => new WeakMap());
    for (let at = 0; ; at += 1) {
      const next = {};
      maps[at % 50].set(key, next);
      key = next;
      if (first === key) return;
    }
  },
  references: () => {
    const held = [];
    for (;;) held.push(new WeakRef({ at: held.length }));
  },
  churn: () => {
    for (;;) new Array(100_000).fill({});
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.startsWith('names')) {
    return { escaped: ['FinalizationRegistry', 'WeakRef', 'gc'].filter((name) => name in globalThis) };
  }
  await (storms[content.trim()] ?? storms.finalizers)();
  return { escaped: ['a storm without an end'] };
};
