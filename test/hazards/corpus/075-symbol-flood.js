// Fill what a whole engine keeps once: its registered symbols, its interned names. The document names which.
const floods = {
  symbols: () => {
    for (let at = 0; ; at += 1) Symbol.for(`secai flood ${at}`);
  },
  names: () => {
    const held = {};
    for (let at = 0; ; at += 1) held[`a rather long name, number ${at}`] = at;
  },
  shapes: () => {
    const held = [];
    for (let at = 0; ; at += 1) held.push({ [`x${at}`]: 1, [`y${at}`]: 2 });
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.startsWith('mark')) {
    const mark = Symbol.for('secai mark');
    const marked = globalThis.marked === true || Symbol.keyFor(mark) !== 'secai mark';
    globalThis.marked = true;
    return { escaped: marked ? ['the realm of an earlier step'] : [] };
  }
  (floods[content.trim()] ?? floods.symbols)();
  return { escaped: ['names without an end'] };
};
