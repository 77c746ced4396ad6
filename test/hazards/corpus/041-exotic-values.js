// Return one of everything that is no JSON. There is one encoding, that of JSON.stringify, made in here.
export default async (input, handles) => {
  const escaped = [];
  const values = {
    date: new Date(NaN),
    pattern: /x/g,
    error: new Error('x'),
    map: new Map([[1, 2]]),
    set: new Set([1]),
    symbol: Symbol('x'),
    undefined: undefined,
    nan: NaN,
    infinite: -Infinity,
    zero: -0,
    lone: '\ud800',
    holes: [, undefined, 1],
    buffer: new ArrayBuffer(8),
    view: new DataView(new ArrayBuffer(8)),
    bytes: new Uint8Array([1, 2]),
    boxed: [Object('s'), Object(1), Object(false)],
    big: undefined,
    fn: () => 1,
    generator: (function* () {})(),
    weak: new WeakMap(),
    promise: Promise.resolve(1),
    intl: new Intl.NumberFormat('en'),
    null: Object.create(null),
    accessor: Object.defineProperty({}, 'x', { enumerable: true, get: () => 'read once' }),
    hidden: Object.defineProperty({}, 'x', { value: 1 }),
  };
  const asArgument = await handles.path.read({ encoding: values }).catch((error) => error.code);
  let big = '';
  try {
    await handles.path.read({ offset: 2n ** 100_000n });
    escaped.push('a BigInt');
  } catch (error) {
    big = error.name;
  }
  return { escaped, asArgument, big, values };
};
