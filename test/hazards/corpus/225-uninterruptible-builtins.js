// Burn time inside one builtin, where no timeout of the engine looks. The document's word says in which, `list` which there are.
const LONG = 2 ** 53 - 1;
const text = (part, length) => part.repeat(Math.floor(length / part.length));
const WAYS = {
  search: () => {
    const hay = text('a', 2 ** 24);
    const needle = `${text('a', 2 ** 23)}b${text('a', 2 ** 10)}`;
    for (;;) hay.indexOf(needle);
  },
  'search backwards': () => {
    const hay = text('a', 2 ** 24);
    for (;;) hay.lastIndexOf(`b${text('a', 2 ** 22)}`);
  },
  normalise: () => {
    const marks = text('\u0301\u0323\u0327', 2 ** 24);
    for (;;) `a${marks}`.normalize('NFKD').normalize('NFC');
  },
  'array of no end': () => Array.prototype.indexOf.call({ length: LONG }, 1),
  'last of no end': () => Array.prototype.lastIndexOf.call({ length: LONG }, 1),
  'fill without end': () => Array.prototype.includes.call({ length: LONG }, 1),
  reverse: () => Array.prototype.reverse.call({ length: LONG }),
  join: () => Array.prototype.join.call({ length: 2 ** 32 - 1 }, ''),
  copy: () => Array.prototype.copyWithin.call({ length: LONG }, 1, 0),
  sparse: () => {
    const sparse = [];
    sparse[2 ** 32 - 2] = 1;
    return sparse.sort(() => 0).length;
  },
  parse: () => {
    const digits = text('9', 2 ** 24);
    for (;;) Number.parseFloat(`0.${digits}e-300`);
  },
  'parse a BigInt': () => BigInt(text('9', 2 ** 23)) === 0n,
  'format a BigInt': () => (3n ** (1n << 22n)).toString(7).length,
  format: () => {
    for (;;) (1.1e-300).toFixed(100) + (1e300).toString(3) + (1.5).toPrecision(100);
  },
  replace: () => {
    for (;;) text('ab', 2 ** 24).replaceAll('a', 'a');
  },
  split: () => {
    for (;;) text('a', 2 ** 22).split('').join('b');
  },
  locale: () => {
    const long = text('\u00e4\u0301', 2 ** 22);
    for (;;) long.localeCompare(`${long}b`);
  },
  parsing: () => {
    for (;;) JSON.parse(`[${text('0,', 2 ** 22)}0]`);
  },
  encode: () => {
    for (;;) encodeURIComponent(text('\u00e4', 2 ** 22));
  },
};

export default async (input, handles) => {
  const { content } = await handles.path.read({ encoding: 'text' });
  if (content.trim() === 'list') return { escaped: [], ways: Object.keys(WAYS) };
  (WAYS[content.trim()] ?? WAYS.search)();
  return { escaped: [] };
};
