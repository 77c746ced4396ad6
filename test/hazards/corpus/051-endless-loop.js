// Never give the thread back: loops that nothing leaves. The document names one.
const loops = {
  plain: () => {
    for (;;);
  },
  'in finally': () => {
    try {
      throw 1;
    } finally {
      for (;;);
    }
  },
  iterator: () => {
    const endless = { [Symbol.iterator]: () => ({ next: () => ({ done: false }) }) };
    for (const each of endless) void each;
  },
  getter: () => [...{ length: 0, get [Symbol.iterator]() { for (;;); } }],
  comparator: () => [2, 1, 3].sort(() => { for (;;); }),
  disposer: () => {
    using held = { [Symbol.dispose]() { for (;;); } };
    return held;
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  (loops[content.trim()] ?? loops.plain)();
  return { escaped: ['left an endless loop'] };
};
