// Run text as code by every door of the language.
export default async () => {
  const escaped = [];
  let refused = 0;
  escaped.push(...['eval', 'execScript', 'setImmediate'].filter((name) => name in globalThis));
  const makers = {
    Function,
    AsyncFunction: (async () => {}).constructor,
    GeneratorFunction: function* () {}.constructor,
    AsyncGeneratorFunction: async function* () {}.constructor,
    bound: Function.bind(null, 'return 1'),
    reflected: Reflect.construct.bind(null, Function, ['return 1']),
    subclass: class extends Function {},
    'of a method': 'x'.at.constructor,
    'of a class': class {}.constructor,
    'of an accessor': Reflect.getOwnPropertyDescriptor(Map.prototype, 'size').get.constructor,
  };
  for (const [name, make] of Object.entries(makers)) {
    for (const run of [() => make('return 1')(), () => new make('return 1')()]) {
      try {
        run();
        escaped.push(name);
      } catch {
        refused += 1;
      }
    }
  }
  let ran = false;
  globalThis.mark = () => (ran = true);
  try {
    globalThis.setTimeout?.('mark()', 0);
  } catch {}
  await new Promise((resolve) => Promise.resolve().then(resolve));
  if (ran) escaped.push('a timer of text');
  return { escaped, refused };
};
