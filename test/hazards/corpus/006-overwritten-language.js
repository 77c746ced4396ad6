// Overwrite what the way out of the isolate might use, then use it: nothing sticks, nothing changes.
export default async (input, handles) => {
  const escaped = [];
  let refused = 0;
  const evil = function () {
    escaped.push('ran instead of the language');
    return evil;
  };
  const targets = {
    Object: [Object, Object.prototype],
    Array: [Array, Array.prototype],
    Function: [Function.prototype],
    Reflect: [Reflect],
    JSON: [JSON],
    Promise: [Promise, Promise.prototype],
    String: [String.prototype],
    Math: [Math],
    Error: [Error, Error.prototype],
    Map: [Map.prototype],
    Symbol: [Symbol],
  };
  for (const [name, objects] of Object.entries(targets)) {
    for (const object of objects) {
      for (const key of Reflect.ownKeys(object)) {
        const was = Reflect.getOwnPropertyDescriptor(object, key);
        for (const change of [
          () => Reflect.set(object, key, evil),
          () => Reflect.defineProperty(object, key, { value: evil }),
          () => Reflect.defineProperty(object, key, { get: evil }),
          () => Reflect.deleteProperty(object, key),
          () => Reflect.setPrototypeOf(object, { evil }),
        ]) {
          try {
            if (!change()) refused += 1;
          } catch {
            refused += 1;
          }
        }
        const is = Reflect.getOwnPropertyDescriptor(object, key);
        if (is?.value !== was.value || is?.get !== was.get) escaped.push(`${name}.${String(key)}`);
      }
      if (Reflect.defineProperty(object, 'planted', { value: evil }))
        escaped.push(`${name}.planted`);
    }
  }
  for (const name of [
    'Promise',
    'JSON',
    'Reflect',
    'Object',
    'Function',
    'undefined',
    'globalThis',
  ]) {
    if (Reflect.set(globalThis, name, evil)) escaped.push(`global ${name}`);
  }
  const { content } = await handles.path.read({ encoding: 'text' });
  return { escaped, content, refused };
};
