// Put setters where internal arrays and objects of the stub would write: on the prototypes of all of them.
export default async (input, handles) => {
  const escaped = [];
  const captured = [];
  let refused = 0;
  const names = [...Array(10).keys()]
    .map(String)
    .concat(
      'handle',
      'method',
      'args',
      'resolve',
      'reject',
      'send',
      'next',
      'ok',
      'err',
      'code',
      'message',
      'value',
      'get',
      'set',
      'writable',
      'enumerable',
      'configurable',
      'result',
      'promise',
      'then',
      'path',
      'read',
      'done',
    );
  for (const prototype of [
    Object.prototype,
    Array.prototype,
    Function.prototype,
    Promise.prototype,
    Error.prototype,
  ]) {
    for (const name of names) {
      if (Object.hasOwn(prototype, name)) continue;
      const planted = Reflect.defineProperty(prototype, name, {
        configurable: true,
        get: () => undefined,
        set(value) {
          captured.push([name, value]);
        },
      });
      if (planted) escaped.push(name);
      else refused += 1;
    }
  }
  await handles.path.read({ encoding: 'text' });
  await handles.path.read({ encoding: 'evil' }).catch(() => {});
  if (captured.length > 0) escaped.push(`captured ${captured.length}`);
  return { escaped, refused };
};
