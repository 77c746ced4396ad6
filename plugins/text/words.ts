/** Words that say nothing about what a text is about. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a about above after again all also am an and any are as at be because been before being below ' +
    'between both but by can cannot could did do does doing done down during each either else ever ' +
    'every few for from further had has have having he her here hers him his how however i if in into ' +
    'is it its itself just may me might more most must my neither no nor not now of off on once only ' +
    'or other our ours out over own per said same say says shall she should so some such than that ' +
    'the their theirs them then there these they this those through thus to too under until up upon ' +
    'us very was we were what when where whether which while who whom whose why will with within ' +
    'without would yes you your yours'
  ).split(' '),
);

// Scripts that put no space between words.
const DENSE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
const WORD = new RegExp(String.raw`[${DENSE}]+|(?:(?![${DENSE}])[\p{L}\p{N}])+`, 'gu');
const IS_DENSE = new RegExp(`^[${DENSE}]`, 'u');

/**
 * The content words of a text in the order of their first use, each cut to its stem; of a script without
 * spaces, each pair of neighbours.
 */
export const contentWords = (text: string): readonly string[] => {
  const words = new Set<string>();
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    if (IS_DENSE.test(word)) for (const pair of pairsOf(word)) words.add(pair);
    else if (word.length > 1 && !STOP_WORDS.has(word)) words.add(stem(word));
  }
  return [...words];
};

const pairsOf = (run: string): readonly string[] => {
  const signs = Array.from(run);
  if (signs.length < 3) return [run];
  return signs.slice(1).map((sign, index) => `${signs[index]}${sign}`);
};

/** How many words a text has; of a script without spaces, one for two signs. */
export const countWords = (text: string): number => {
  let count = 0;
  for (const [word] of text.matchAll(WORD)) {
    count += IS_DENSE.test(word) ? Math.ceil(word.length / 2) : 1;
  }
  return count;
};

// Plurals and the commonest endings: enough that `patents` and `patent` meet, too little to confuse.
const stem = (word: string): string => {
  const bare = withoutEnding(word);
  const cut = bare.length > 4 && bare.endsWith('e') ? bare.slice(0, -1) : bare;
  // One form for `policy` and `policies`, and none of its own for `cookies`.
  return cut.length > 3 && cut.endsWith('y') ? `${cut.slice(0, -1)}i` : cut;
};

const withoutEnding = (word: string): string => {
  if (word.length > 4 && /(?:ss|x|sh|ch)es$/.test(word)) return word.slice(0, -2);
  if (word.length > 3 && word.endsWith('s') && !/(ss|us|is)$/.test(word)) return word.slice(0, -1);
  if (word.length > 6 && word.endsWith('ing')) return word.slice(0, -3);
  return word.length > 5 && word.endsWith('ed') ? word.slice(0, -2) : word;
};
