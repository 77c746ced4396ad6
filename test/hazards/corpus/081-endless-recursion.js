// Recurse without an end, through the language and through every builtin that calls back.
class Deep {
  constructor() {
    deep.construct();
  }
}
const deep = {
  plain: () => deep.plain(),
  getter: () => ({ get x() { return deep.getter().x; } }).x,
  toString: () => `${{ toString: deep.toString }}`,
  toJSON: () => JSON.stringify({ toJSON: () => deep.toJSON() }),
  reviver: () => JSON.parse('[1]', () => deep.reviver()),
  replacer: () => JSON.stringify([1], () => deep.replacer()),
  map: () => [1].map(() => deep.map()),
  replace: () => 'a'.replace(/a/, () => deep.replace()),
  proxy: () => new Proxy({}, { get: () => deep.proxy().x }).x,
  construct: () => new Deep(),
  apply: () => Reflect.apply(deep.apply, null, []),
  iterate: () => [...{ [Symbol.iterator]: () => deep.iterate() }],
  coerce: () => +{ valueOf: () => deep.coerce() },
  nested: () => {
    let value = [];
    for (let level = 0; level < 20_000; level += 1) value = [value];
    return JSON.stringify(value);
  },
  flat: () => {
    let value = [];
    for (let level = 0; level < 20_000; level += 1) value = [value];
    return value.flat(Infinity);
  },
  bound: () => {
    let call = () => 1;
    for (let level = 0; level < 20_000; level += 1) call = call.bind(null);
    return call();
  },
  pattern: () => /^(?:(a)|b)*$/.test('ab'.repeat(500_000)),
};
const intoTheHost = (handles) =>
  handles.path.read({
    get encoding() {
      return intoTheHost(handles);
    },
  });

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.startsWith('host')) await intoTheHost(handles);
  const ends = {};
  const only = content.trim();
  for (const [name, run] of Object.entries(deep)) {
    if (only in deep && only !== name) continue;
    try {
      run();

      ends[name] = 'returned';
    } catch (error) {
      ends[name] = error instanceof RangeError ? 'RangeError' : error.name;
    }
  }
  const again = await handles.path.read({ encoding: 'text' });
  return { escaped: [], ends, serves: again.content === content };
};
