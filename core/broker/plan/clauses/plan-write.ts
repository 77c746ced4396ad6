import { type ClauseParts, clauseParts } from '../clause-paths.ts';
import { examplePath, type PlanDraft } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { saysNothing } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addFileWrite, addWrite, nothingToWrite } from './add-write.ts';
import { makeProduct, productIn, withoutProducts } from './make-product.ts';
import { readFiles } from './plan-read.ts';

/** `save 'text' to outputs/a.txt`, `save it to outputs/a.md`, `write a report on backups to outputs/a.md` */
export const planWrite = (draft: PlanDraft, clause: Clause): void => {
  const parts = clauseParts(clause.rest, { workspaces: draft.workspaces, writes: true });
  const [quote, ...moreQuotes] = parts.quotes;
  const made = productIn(draft, clause, parts.words);
  if (made !== undefined) {
    makeProduct(draft, made, parts);
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
