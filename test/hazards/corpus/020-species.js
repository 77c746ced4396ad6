// Return objects whose Symbol.species, subclasses and constructors would give the copier objects of ours.
export default async (input, handles) => {
  const escaped = [];
  let made = 0;
  const evil = function () {
    made += 1;
    return { evil: true };
  };
  const species = { configurable: true, get: () => evil };
  for (const builtIn of [Array, Map, Set, Promise, RegExp, ArrayBuffer, Uint8Array]) {
    if (Reflect.defineProperty(builtIn, Symbol.species, species))
      escaped.push(`species of ${builtIn.name}`);
  }
  const sub = (parent) => {
    const child = class extends parent {};
    return Object.defineProperty(child, Symbol.species, species);
  };
  const list = new (sub(Array))(1, 2, 3);
  list.constructor = { [Symbol.species]: evil };
  const bytes = new (sub(Uint8Array))([1, 2, 3]);
  const promise = new (sub(Promise))((resolve) => resolve('kept'));
  const { content } = await handles.path.read({ encoding: 'text', length: 3 });
  const before = made;
  return {
    escaped,
    content,
    list,
    bytes,
    pattern: new (sub(RegExp))('a'),
    buffer: new (sub(ArrayBuffer))(8),
    promise,
    get made() {
      return made - before;
    },
  };
};
