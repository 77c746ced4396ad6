// Return collections of sizes that nobody should count through. The document names which.
const KINDS = {
  sparse: () => Object.assign([], { length: 2 ** 32 - 1 }),
  names: () => {
    const list = [];
    for (let index = 0; index < 1e7; index += 1) list[`n${index}`] = 1;
    return { list: list.length, all: Object.assign({}, list) };
  },
  items: () => Array.from({ length: 1e7 }, () => ({})),
  map: () => new Map(Array.from({ length: 1e7 }, (_, index) => [index, index])),
  set: () => new Set(Array.from({ length: 1e7 }, (_, index) => index)),
  'small objects': () => Array.from({ length: 300_000 }, () => ({})),
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  return (KINDS[content.trim()] ?? KINDS.sparse)();
};
