// Walk everything that can be reached (symbols, prototypes, getters, what getters and iterators give) and
// look for anything of isolated-vm: an instance, or a name that only its objects have.
const FOREIGN = [
  'Reference',
  'ExternalCopy',
  'Isolate',
  'Context',
  'Module',
  'Callback',
  'Script',
  'InspectorSession',
];
const TELLING = [
  'applySync',
  'applyIgnored',
  'applySyncPromise',
  'copySync',
  'derefInto',
  'getSync',
  'setSync',
  'createContext',
  'compileScript',
  'transferInto',
  'isolateId',
  'nativeModule',
  'release',
];

export default async (input, handles) => {
  const escaped = [];
  const seen = new Set();
  const queue = [];
  const reach = (value, path) => {
    if (
      (typeof value !== 'object' && typeof value !== 'function') ||
      value === null ||
      seen.has(value)
    )
      return;
    seen.add(value);
    queue.push([value, path]);
  };
  const reply = handles.path.read({ encoding: 'text' });
  const failure = await handles.path.read({ encoding: 'evil' }).catch((error) => error);
  for (const [name, value] of Object.entries({
    globalThis,
    input,
    handles,
    reply,
    failure,
    answer: await reply,
  })) {
    reach(value, name);
  }
  for (const make of [
    async () => {},
    function* () {},
    async function* () {},
    [].values(),
    ''.matchAll(/a/g),
    new Map().keys(),
  ]) {
    reach(make, 'syntax');
  }
  for (let at = 0; at < queue.length; at += 1) {
    const [object, path] = queue[at];
    try {
      if (FOREIGN.includes(object.constructor?.name))
        escaped.push(`${path}: ${object.constructor.name}`);
    } catch {}
    reach(Object.getPrototypeOf(object), `${path}.[[prototype]]`);
    for (const key of Reflect.ownKeys(object)) {
      if (TELLING.includes(key)) escaped.push(`${path}.${key}`);
      const { value, get, set } = Reflect.getOwnPropertyDescriptor(object, key);
      const name = `${path}.${String(key)}`;
      for (const next of [value, get, set]) reach(next, name);
      if (get === undefined) continue;
      try {
        reach(Reflect.apply(get, object, []), `${name}()`);
      } catch {}
    }
  }
  return { escaped, walked: seen.size };
};
