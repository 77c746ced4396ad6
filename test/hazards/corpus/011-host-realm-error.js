// Provoke errors at the boundary: each must be an error of this realm, and lead back to nothing else.
export default async (input, handles) => {
  const escaped = [];
  let failures = 0;
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const cycle = {};
  cycle.cycle = cycle;
  const attempts = [
    () => handles.path.read(Symbol('x')),
    () => handles.path.read({ encoding: Symbol('x') }),
    () => handles.path.read(proxy),
    () => handles.path.read({ encoding: proxy }),
    () => handles.path.read(cycle),
    () => handles.path.read({ offset: 1n }),
    () => handles.path.read({ offset: 2 ** 53 }),
    () =>
      handles.path.read({
        toJSON() {
          throw null;
        },
      }),
    () => handles.path.read.call(null, { encoding: 'evil' }),
    () => Reflect.construct(handles.path.read, []),
    () => Reflect.apply(handles.path.read, proxy, [{ encoding: 'evil' }]),
    () =>
      handles.path.read({
        get encoding() {
          return handles.path.read(cycle);
        },
      }),
    () => import(proxy),
    () => new Array(-1),
    () => 'x'.repeat(2 ** 30),
    () => [].reduce(),
    () => null.x,
  ];
  for (const [index, attempt] of attempts.entries()) {
    try {
      await attempt();
    } catch (error) {
      failures += 1;
      if (error === null) continue;
      const ofThisRealm = error instanceof Error && error.constructor.constructor === Function;
      if (!ofThisRealm) escaped.push(`attempt ${index}: ${Object.prototype.toString.call(error)}`);
      for (let at = error; at !== null; at = Object.getPrototypeOf(at)) {
        if (Object.hasOwn(at, 'constructor') && !(at.constructor instanceof Function))
          escaped.push(`attempt ${index}: constructor`);
      }
    }
  }
  return { escaped, failures };
};
