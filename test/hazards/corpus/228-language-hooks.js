// Put hooks where glue would touch them: on constructors, `then`, `toJSON`, iterators, the global's prototype.
export default async (input, handles) => {
  const escaped = [];
  const seen = [];
  const hooked = [];
  const ordinary = (await handles.path.read({ encoding: 'text' })).content;
  const hook = (name, object, key, descriptor) => {
    try {
      Object.defineProperty(object, key, { configurable: true, ...descriptor });
      hooked.push(name);
    } catch {}
  };
  const spy = (name) => ({
    get() {
      seen.push(name);
      return undefined;
    },
  });
  const objectPrototype = Object.prototype;
  hook('then on objects', objectPrototype, 'then', spy('then on objects'));
  hook('toJSON on objects', objectPrototype, 'toJSON', spy('toJSON on objects'));
  hook('toJSON on texts', String.prototype, 'toJSON', spy('toJSON on texts'));
  hook('ok on objects', objectPrototype, 'ok', spy('ok on objects'));
  hook('err on objects', objectPrototype, 'err', spy('err on objects'));
  hook('constructor of promises', Promise.prototype, 'constructor', spy('constructor of promises'));
  hook('species', Promise, Symbol.species, spy('species'));
  hook('then of promises', Promise.prototype, 'then', spy('then of promises'));
  hook('resolve', Promise, 'resolve', { value: () => escaped.push('Promise.resolve') });
  const iterator = Object.getPrototypeOf([][Symbol.iterator]());
  hook('next', iterator, 'next', { value: () => escaped.push('next of lists') });
  hook('lists', Array.prototype, Symbol.iterator, { value: () => escaped.push('lists') });
  hook('apply', Function.prototype, 'apply', { value: () => escaped.push('apply') });
  hook('stringify', JSON, 'stringify', { value: () => escaped.push('JSON.stringify') });
  hook('parse', JSON, 'parse', { value: () => escaped.push('JSON.parse') });
  hook('primitive', objectPrototype, Symbol.toPrimitive, spy('primitive'));
  const globalPrototype = Object.getPrototypeOf(globalThis);
  for (const name of ['$0', 'host', 'ask', 'door', '__plugin', 'limits', 'call']) {
    hook(`${name} below the global`, globalPrototype, name, {
      set: () => escaped.push(`set ${name}`),
      get: () => void seen.push(`get ${name}`),
    });
  }
  try {
    Object.setPrototypeOf(
      globalPrototype,
      new Proxy({}, { has: (_, key) => void escaped.push(`asked for ${String(key)}`) }),
    );
    hooked.push('prototype of the prototype');
  } catch {}
  // Own hooks on what is handed over, which are the guest's to have.
  const argument = { encoding: 'text', toJSON: () => ({ encoding: 'text', length: 4 }) };
  const { content } = await handles.path.read(argument);
  if (ordinary.slice(0, 4) !== content) escaped.push('another answer');
  const reply = handles.path.read({ encoding: 'text' });
  if (Object.getPrototypeOf(reply) !== Promise.prototype) escaped.push('a promise of another kind');
  const given = await reply;
  if (given.content !== ordinary) escaped.push('a changed answer');
  return { escaped, hooked, seen };
};
