// Fill the memory with one value whose size the engine finds out too late. The document's word says which, `list` which there are.
const WAYS = {
  map: () => {
    const map = new Map();
    for (let key = 0; ; key += 1) map.set(key, key);
  },
  set: () => {
    const set = new Set();
    for (let key = 0; ; key += 1) set.add(key);
  },
  elements: () => {
    const array = [];
    for (;;) array.push(0.5);
  },
  filled: () => new Array(2 ** 26).fill({}),
  spread: () => [...'x'.repeat(2 ** 27)],
  properties: () => {
    const object = {};
    for (let key = 0; ; key += 1) object[`key${key}`] = key;
  },
  flat: () => {
    let text = 'x'.repeat(2 ** 20);
    for (;;) {
      text += text;
      text.charCodeAt(text.length - 1);
      /y/.test(text);
    }
  },
  joined: () => new Array(2 ** 24).fill('x'.repeat(2 ** 20)).join(''),
  json: () => JSON.stringify(new Array(2 ** 24).fill('\u0000'.repeat(2 ** 10))),
  split: () => 'x'.repeat(2 ** 28).split(''),
  pattern: () => 'x'.repeat(2 ** 26).match(/x/g),
  groups: () => new RegExp('(x)'.repeat(2 ** 15)).exec('x'.repeat(2 ** 15)),
  closure: () => {
    let chain = null;
    for (;;) {
      const before = chain;
      chain = () => before;
    }
  },
  arguments: () => Math.max(...new Array(2 ** 24).fill(1)),
  bigint: () => 1n << (2n ** 30n - 1n),
  typed: () => new Float64Array(2 ** 32),
  many: () => {
    const all = [];
    for (;;) all.push(new Uint8Array(2 ** 24).fill(1));
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.trim() === 'list') return { escaped: [], ways: Object.keys(WAYS) };
  const value = (WAYS[content.trim()] ?? WAYS.flat)();
  return { escaped: [], ended: typeof value };
};
