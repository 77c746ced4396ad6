const REPORTS: ReadonlySet<string> = new Set(['report', 'overview']);
/** What a summary is called. */
export const SUMMARIES: ReadonlySet<string> = new Set(['summary', 'digest', 'synopsis']);
const COMPOSITIONS: ReadonlySet<string> = new Set(
  'article draft email e-mail essay letter mail memo message poem post reply story'.split(' '),
);

/** What a noun asks to be made: `write a report`, `create a summary`, `write a letter`. */
export const productOf = (noun: string): 'report' | 'summary' | 'draft' | undefined => {
  if (REPORTS.has(noun)) return 'report';
  if (SUMMARIES.has(noun)) return 'summary';
  return COMPOSITIONS.has(noun) ? 'draft' : undefined;
};
