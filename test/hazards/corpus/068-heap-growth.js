// Fill the heap until nothing is left. The document names what with.
const growths = {
  objects: () => {
    const held = [];
    for (;;) held.push({ a: 1, b: [1, 2, 3] });
  },
  'map entries': () => {
    const held = new Map();
    for (let at = 0; ; at += 1) held.set(at, { at });
  },
  'set entries': () => {
    const held = new Set();
    for (;;) held.add({});
  },
  closures: () => {
    const held = [];
    for (;;) {
      const at = held.length;
      held.push(() => at);
    }
  },
  numbers: () => {
    const held = [];
    for (;;) held.push(new Array(100_000).fill(1.5));
  },
  promises: async () => {
    const held = [];
    for (;;) held.push(new Promise(() => {}).then(() => held));
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  await (growths[content.trim()] ?? growths.objects)();
  return { escaped: ['a heap without an end'] };
};
