// Hang a hook on every well-known symbol of an argument: none may be called to turn it into data.
export default async (input, handles) => {
  const escaped = [];
  const called = [];
  const hooked = (value) => {
    for (const key of Reflect.ownKeys(Symbol)) {
      const symbol = Symbol[key];
      if (typeof symbol !== 'symbol') continue;
      Object.defineProperty(value, symbol, {
        get: () => {
          called.push(key);
          return () => called.push(`${key}()`);
        },
      });
    }
    for (const key of ['valueOf', 'toString', 'inspect']) {
      Object.defineProperty(value, key, { value: () => called.push(key) });
    }
    return value;
  };
  const { content } = await handles.path.read(hooked({ encoding: 'text', length: 4 }));
  const refusals = [];
  for (const args of [hooked([]), { encoding: hooked({}) }, { offset: hooked({}) }]) {
    refusals.push(await handles.path.read(args).catch((error) => error.code));
  }
  if (called.length > 0) escaped.push(...new Set(called));
  return { escaped, content, refusals, result: hooked({ kept: true }) };
};
