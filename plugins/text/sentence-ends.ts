/** After these a full stop ends no sentence. */
const NEVER_LAST: ReadonlySet<string> = new Set(
  (
    'mr mrs ms dr prof st rev gen col capt lt sgt hon messrs e.g i.e eg ie cf vs viz approx ca resp ' +
    'no nos nr fig figs sec sect art ch vol ed eds p pp para ver v jan feb mar apr jun jul aug sep ' +
    'sept oct nov dec'
  ).split(' '),
);

/** After these it does when the next word begins like a sentence. */
const MAY_BE_LAST: ReadonlySet<string> = new Set(
  'etc inc ltd co corp al jr sr u.s u.k e.u a.m p.m ph.d b.a m.a dept est bros'.split(' '),
);

// Bounded repeats: a text of a million dots must not take a million tries at each of them.
const STOPS =
  /(?<![.!?\u2026])[.!?\u2026]{1,8}[\p{Pe}\p{Pf}"'*_`]{0,8}(?=\s|$)|[\u3002\uff01\uff1f]{1,8}[\p{Pe}\p{Pf}]{0,8}/gu;
const BEGINS = /^[\p{Ps}\p{Pi}"'*_`]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;
/** More than the longest abbreviation. */
const LOOK_BACK = 16;

/** Where the sentences of one block end: offsets just behind their closing marks, and the end of the block. */
export function* sentenceEnds(block: string): Generator<number, void> {
  let last = 0;
  for (const match of block.matchAll(STOPS)) {
    const end = match.index + match[0].length;
    const after = block.slice(end, end + 80).trimStart();
    if (after !== '' && !endsHere(block, match.index, match[0], after)) continue;
    yield end;
    last = end;
  }
  if (last < block.length) yield block.length;
}

/** True where a text ends with an abbreviation, so that the sentence may go on behind it. */
export const endsInAbbreviation = (text: string): boolean => {
  const stop = text.lastIndexOf('.');
  return stop >= 0 && stop >= text.length - 3 && wordKind(text, stop) !== 'plain';
};

const endsHere = (block: string, at: number, mark: string, after: string): boolean => {
  if (/^[\u3002\uff01\uff1f]/.test(mark)) return true;
  if (!BEGINS.test(after)) return false;
  if (!mark.startsWith('.') || mark.startsWith('..')) return true;
  const kind = wordKind(block, at);
  if (kind === 'may end') return !/^[\p{N}\p{Ps}]/u.test(after) && !startsWithAbbreviation(after);
  return kind === 'plain';
};

const startsWithAbbreviation = (text: string): boolean =>
  MAY_BE_LAST.has(/^([\p{L}.]{1,16})\./u.exec(text)?.[1]?.toLowerCase() ?? '');

/** What the word before a full stop says about it. */
const wordKind = (text: string, stop: number): 'plain' | 'never ends' | 'may end' => {
  const before = text.slice(Math.max(0, stop - LOOK_BACK), stop);
  const word = /[\p{L}.]+$/u.exec(before)?.[0] ?? '';
  if (/^\p{Lu}$/u.test(word)) return 'never ends';
  const plain = word.toLowerCase();
  if (NEVER_LAST.has(plain)) return 'never ends';
  return MAY_BE_LAST.has(plain) ? 'may end' : 'plain';
};
