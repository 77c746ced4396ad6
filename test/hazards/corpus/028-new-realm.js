// Make a realm of one's own, where nothing was taken away.
export default async () => {
  const NAMES = [
    'ShadowRealm',
    'Isolate',
    'vm',
    'Context',
    'Realm',
    'Compartment',
    'Worker',
    'SharedWorker',
    'document',
    'window',
    'WebAssembly',
    'importScripts',
    'createContext',
    'runInNewContext',
    'Module',
    'd8',
    'Script',
  ];
  const escaped = NAMES.filter((name) => name in globalThis);
  for (const make of [
    Function,
    (async () => {}).constructor,
    Object.getPrototypeOf(function* () {}).constructor,
  ]) {
    for (const text of ['return new ShadowRealm()', 'return this.constructor', '']) {
      try {
        make(text);
        escaped.push(`code from text: ${text}`);
      } catch {}
    }
  }
  const others = Reflect.ownKeys(globalThis)
    .map((key) => globalThis[key])
    .filter((value) => typeof value === 'function' && !(value instanceof Function));
  if (others.length > 0) escaped.push('functions of another realm');
  return { escaped, tried: NAMES.length };
};
