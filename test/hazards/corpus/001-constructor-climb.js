// From every value that the step was given, climb to its constructor's constructor and run code with it.
export default async (input, handles) => {
  const escaped = [];
  const given = { input, handles, path: handles.path, read: handles.path.read, global: globalThis };
  given.reply = await handles.path.read({ encoding: 'text' });
  given.promise = handles.path.read({ encoding: 'text' });
  await given.promise;
  const WANTED = 'return typeof process + typeof require + typeof globalThis.process';
  for (const [name, value] of Object.entries(given)) {
    try {
      const found = value.constructor.constructor(WANTED)();
      if (found !== 'undefinedundefinedundefined') escaped.push(`${name}: ${found}`);
    } catch {}
    for (let at = value; at !== null; at = Object.getPrototypeOf(at)) {
      try {
        if (at.constructor && at.constructor.constructor !== Function)
          escaped.push(`${name}: a foreign Function`);
      } catch {}
    }
  }
  for (const name of ['process', 'require', 'module', 'global', 'Buffer']) {
    if (name in globalThis) escaped.push(name);
  }
  return { escaped, tried: Object.keys(given).length };
};
