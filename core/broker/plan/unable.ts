const READS = 'it can find, read, summarize, report on, write, overwrite and copy';

// What people ask for and this agent does not do. Each gets its answer here, since a verb that is not known would
// be taken for a word to search for.
const REMEDIES: ReadonlyMap<string, string> = new Map(
  [
    [
      'move, rename',
      'copy the file, and remove the old one yourself: copy user_docs/a.md to outputs/b.md',
    ],
    [
      'append, add, insert, edit, rewrite',
      "state the whole new text: overwrite outputs/a.txt with 'the new text'",
    ],
    [
      'compare, contrast, diff',
      'let both be quoted side by side: report on user_docs/a.md and user_docs/b.md',
    ],
    [
      'describe, analyse, analyze, review, discuss',
      'let it be quoted: summarize user_docs/a.md, or report on backups',
    ],
    ['count', 'let the files be found: find notes about backups'],
    ['extract', 'name the topic: find the phone numbers, or report on phone numbers'],
    ['translate, convert, format, correct, proofread, paraphrase', READS],
    ['calculate, compute, sort, merge, split, schedule, remind, buy, book, order, play', READS],
  ].flatMap(([verbs = '', remedy = '']) =>
    verbs.split(', ').map((verb): [string, string] => [verb, remedy]),
  ),
);

/** What to say instead of a verb that this agent has no step for; undefined for every other word. */
export const unableRemedy = (word: string): string | undefined => REMEDIES.get(word);
