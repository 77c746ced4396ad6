// Use a Reference that leaked: by the names under which the host's side holds it, from the functions that
// end in it, and from what passes through language hooks while it is called.
export default async (input, handles) => {
  const escaped = [];
  const { read } = handles.path;
  for (const name of [
    '$0',
    'ask',
    'host',
    'door',
    'applyHost',
    'evaluate',
    '_ivm',
    'ivm',
    'reference',
    'call',
    'PROMISED',
  ]) {
    if (name in globalThis) escaped.push(name);
    try {
      if (Object.hasOwn(read, name) || name in handles) escaped.push(`own ${name}`);
    } catch {}
  }
  for (const method of [
    'apply',
    'applySync',
    'applySyncPromise',
    'copySync',
    'getSync',
    'derefInto',
    'get',
    'release',
  ]) {
    const own = Object.hasOwn(read, method) ? read[method] : undefined;
    if (own !== undefined) escaped.push(`read.${method}`);
    try {
      // the language's own `apply` is what a function has anyway; it must not reach a constructor of the host
      const got = read[method]?.(undefined, ['constructor']);
      if (got !== undefined && typeof got?.then !== 'function')
        escaped.push(`read.${method}(): ${typeof got}`);
      await got?.catch?.(() => {});
    } catch {}
  }
  const seen = [];
  const watch = (object, key) => {
    const original = object[key];
    try {
      object[key] = function (...args) {
        seen.push(this, ...args);
        return Reflect.apply(original, this, args);
      };
      if (object[key] !== original) escaped.push(`replaced ${key}`);
    } catch {}
  };
  watch(Function.prototype, 'apply');
  watch(Function.prototype, 'call');
  watch(Reflect, 'apply');
  watch(Promise.prototype, 'then');
  watch(JSON, 'parse');
  watch(JSON, 'stringify');
  await read({ encoding: 'text' });
  for (const value of seen) if (typeof value?.applySync === 'function') escaped.push('a Reference');
  return { escaped, seen: seen.length };
};
