// Make the engine fall back to another realm: through newTarget, bound constructors, disposers, iterator helpers.
export default async (input, handles) => {
  const escaped = [];
  let tried = 0;
  const { read } = handles.path;
  const functions = [read, Object.getOwnPropertyDescriptor(handles.path, 'read').value];
  const promise = read({ encoding: 'text' });
  const reply = await promise;
  const isOurs = (value) => {
    for (let at = value, depth = 0; at !== null && depth < 9; depth += 1) {
      at = Object.getPrototypeOf(at);
      if (at === Object.prototype || at === null) return true;
    }
    return false;
  };
  const KINDS = [Object, Array, Error, Map, Set, Promise, RegExp, Date, ArrayBuffer, Function, Uint8Array, TypeError];
  for (const fn of functions) {
    // A newTarget without a prototype of its own gives the default of its realm.
    for (const Kind of KINDS) {
      for (const target of [fn.bind(null), new Proxy(function () {}, {}), function () {}.bind()]) {
        tried += 1;
        try {
          const made = Reflect.construct(Kind, Kind === Promise ? [() => {}] : [], target);
          if (!isOurs(made)) escaped.push(`${Kind.name} of another realm`);
          if (made.constructor.constructor !== Function) escaped.push(`the Function of ${Kind.name}`);
        } catch {}
      }
    }
    for (const receiver of [undefined, null, 1, 's', {}, fn]) {
      tried += 1;
      try {
        const value = Reflect.apply(fn, receiver, [{ encoding: 'text' }]);
        if (!(value instanceof Promise)) escaped.push('a promise of another realm');
        await value;
      } catch (error) {
        if (!(error instanceof Error)) escaped.push('an error of another realm');
      }
    }
    try {
      Reflect.construct(fn, []);
      escaped.push('a handle that constructs');
    } catch (error) {
      if (!(error instanceof TypeError)) escaped.push('a TypeError of another realm');
    }
  }
  // Hand the host's functions to what calls them later, and look at who is told.
  const helpers = [
    () => Iterator.from({ next: read }).map((value) => value).next(),
    () => Iterator.from([1, 2]).flatMap(read).next(),
    () => Array.fromAsync({ [Symbol.asyncIterator]: read }),
    () => Array.from({ length: 2 }, read),
    () => new DisposableStack().adopt({}, read),
    () => {
      const stack = new DisposableStack();
      stack.defer(read);
      stack.dispose();
    },
    () => new AsyncDisposableStack().use({ [Symbol.asyncDispose]: read }),
    () => promise.then(read, read),
    () => promise.finally(read),
    () => 'x'.replace('x', read),
    () => [2, 1].sort(read),
    () => Object.groupBy([1], read),
    () => JSON.parse('[1]', read),
    () => JSON.stringify({ toJSON: read }),
    () => Promise.try(read),
    () => Reflect.construct(Promise, [read]),
  ];
  for (const helper of helpers) {
    tried += 1;
    try {
      const value = await helper();
      if (typeof value === 'object' && value !== null && !isOurs(value)) escaped.push(String(helper));
    } catch (error) {
      if (!(error instanceof Error)) escaped.push(String(helper));
      if (/node:|isolated|\/core\//.test(String(error.stack))) escaped.push(`frames of ${helper}`);
    }
  }
  if (!isOurs(reply) || reply.constructor !== Object) escaped.push('a reply of another realm');
  return { escaped, tried };
};
