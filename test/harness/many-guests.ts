/** What guests do, each by another part of the engine; some of it is read or made only when first used. */
const DEEDS: readonly string[] = [
  'return { text: new Date(n * 86400000).toISOString() };',
  "return { text: new Date(n).toLocaleString('de-DE', { dateStyle: 'full', timeZone: 'UTC' }) };",
  "return { text: (n * 1234.5).toLocaleString(['ar', 'hi', 'ja'][n % 3]) };",
  "return { list: ['z', 'a', 'ä'].sort(new Intl.Collator(['sv', 'de'][n % 2]).compare) };",
  "return { n: [...new Intl.Segmenter('th').segment('ภาษาไทย')].length };",
  "return { text: new Intl.PluralRules('pl').select(n) };",
  "return { ok: /^(?:[a-z]+\\d*)+$/u.test('abc' + n), text: 'ǅ'.normalize('NFKD').toUpperCase() };",
  "return { ok: /\\p{Script=Greek}+/v.test('αβγ') };",
  'return { list: Array.from({ length: 5000 }, (_, i) => (i * n) % 977).sort((a, b) => a - b).slice(0, 3) };',
  'return { text: String(2n ** BigInt(1000 + n)).slice(0, 20) };',
  'return JSON.parse(JSON.stringify({ list: Array.from({ length: 500 }, (_, i) => ({ i, n })) })).list[7];',
  'return { n: new Float64Array(10000).fill(n).reduce((a, b) => a + b, 0) };',
  "const m = new Map(); for (let i = 0; i < 5000; i += 1) m.set('k' + i, i); return { n: m.size };",
  "throw new RangeError('guest ' + n);",
  'const deep = () => deep(); deep(); return {};',
  'return { text: (await handles.path.read({})).text };',
  'for (;;) { }',
  'const kept = []; for (;;) kept.push(new Array(10000).fill(n));',
  "const source = 'return ' + n; return { n: (async () => n)().constructor === Promise ? n : 0, source };",
  "return { text: escape.name ?? '' };",
];

/** The body of the n-th guest: the deeds in turn, with another number each round. */
export const guestBody = (n: number): string =>
  `const n = ${n}; ${DEEDS[n % DEEDS.length] ?? 'return {};'}`;
