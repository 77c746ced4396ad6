import { type ClauseParts, clauseParts } from '../clause-paths.ts';
import type { Token } from '../intent-tokens.ts';
import { examplePath, type PlanDraft } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { saysNothing } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addFileWrite, addWrite, nothingToWrite } from './add-write.ts';
import { addDraft } from './plan-passed-on.ts';
import { readFiles } from './plan-read.ts';
import { addReportOn } from './plan-report.ts';
import { addSummary } from './plan-summarize.ts';

const REPORTS = new Set(['report', 'overview']);
const SUMMARIES = new Set(['summary', 'digest']);
const COMPOSITIONS = new Set(
  'article draft email e-mail essay letter mail memo message poem post reply story'.split(' '),
);

/** `save 'text' to outputs/a.txt`, `save it to outputs/a.md`, `write a report on backups to outputs/a.md` */
export const planWrite = (draft: PlanDraft, clause: Clause): void => {
  const parts = clauseParts(clause.rest, { workspaces: draft.workspaces, writes: true });
  const [quote, ...moreQuotes] = parts.quotes;
  const noun = parts.words.find(({ kind, lower }) => kind === 'word' && isProduct(lower))?.lower;
  const made = noun !== undefined && !meansEarlier(draft, clause, parts.words);

  if (made && noun !== undefined) {
    make(draft, noun, parts);
    if (parts.target !== undefined) addWrite(draft, parts.target);
    return;
  }
  const { path, sources } = destination(draft, parts);
  if (quote !== undefined) {
    if (moreQuotes.length > 0 || sources.length > 0) throw oneText();
    addFileWrite(draft, path, quote);
    return;
  }
  if (sources.length > 0) readFiles(draft, sources);
  else if (draft.latest === undefined || !saysNothing(withoutProducts(parts.words)))
    throw nothingToWrite();
  addWrite(draft, path);
};

const isProduct = (word: string): boolean =>
  REPORTS.has(word) || SUMMARIES.has(word) || COMPOSITIONS.has(word);

const withoutProducts = (words: readonly Token[]): readonly Token[] =>
  words.filter(({ lower }) => !isProduct(lower));

// `save the summary` means the one that is there; `write a summary` makes one.
const meansEarlier = (draft: PlanDraft, clause: Clause, words: readonly Token[]): boolean =>
  draft.latest?.kind === 'texts' &&
  (clause.verb.kind === 'write' ||
    words.some(({ lower }) => lower === 'the' || lower === 'that')) &&
  saysNothing(withoutProducts(words));

const make = (draft: PlanDraft, noun: string, { words, paths }: ClauseParts): void => {
  const rest = withoutProducts(words);
  if (REPORTS.has(noun)) addReportOn(draft, rest, paths);
  else if (SUMMARIES.has(noun)) addSummary(draft, rest, paths);
  else addDraft(draft, words, paths);
};

// `create outputs/a.md with 'text'`: a path alone is where to write; beside a target it is what to copy.
const destination = (
  draft: PlanDraft,
  { target, paths }: ClauseParts,
): { readonly path: string; readonly sources: readonly string[] } => {
  if (target !== undefined) return { path: target, sources: paths };
  const [path, ...more] = paths;
  if (path !== undefined && more.length === 0) return { path, sources: [] };
  throw new Unplannable(
    'it is not said which file to write',
    `name one file, for example: to ${examplePath(draft, 'write')}`,
  );
};

const oneText = (): Unplannable =>
  new Unplannable('a file is written from one text', 'quote one text, or name one source');
