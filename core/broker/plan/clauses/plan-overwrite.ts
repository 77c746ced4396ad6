import { clauseParts } from '../clause-paths.ts';
import { examplePath, type PlanDraft } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { saysNothing } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addFileWrite, addWrite, nothingToWrite } from './add-write.ts';
import { makeProduct, productIn } from './make-product.ts';
import { readFiles } from './plan-read.ts';

/** `overwrite outputs/a.txt with 'text'`, `replace outputs/a.md with it` */
export const planOverwrite = (draft: PlanDraft, clause: Clause): void => {
  const rules = { workspaces: draft.workspaces, quotedPaths: 'first' } as const;
  const { target, paths, quotes, words } = clauseParts(clause.rest, rules);
  const [path, ...sources] = target === undefined ? paths : [target, ...paths];
  if (path === undefined)
    throw new Unplannable(
      'it is not said which file to overwrite',
      `name the file, for example ${examplePath(draft, 'write')}`,
    );
  const [quote, ...moreQuotes] = quotes;
  if (moreQuotes.length > 0)
    throw new Unplannable(
      'words inside a file cannot be exchanged',
      "overwrite the whole file: overwrite outputs/a.txt with 'the new text'",
    );
  if (quote !== undefined && sources.length === 0) {
    addFileWrite(draft, path, quote, 'overwrite_file');
    return;
  }
  // What is asked for after `with` is made first: `overwrite outputs/a.md with a summary of user_docs/a.md`.
  const made = productIn(draft, clause, words);
  if (made !== undefined) makeProduct(draft, made, { words, paths: sources });
  else if (sources.length > 0) readFiles(draft, sources);
  else if (draft.latest === undefined || !saysNothing(words)) throw nothingToWrite();
  addWrite(draft, path, 'overwrite_file');
};

/** `copy user_docs/a.md to outputs/a.md` */
export const planCopy = (draft: PlanDraft, clause: Clause): void => {
  const rules = { workspaces: draft.workspaces, quotedPaths: 'all' } as const;
  const { target, paths } = clauseParts(clause.rest, rules);
  const [source, ...more] = paths;
  if (target === undefined || source === undefined || more.length > 0)
    throw new Unplannable(
      'a copy has one source and one target',
      `say: copy ${examplePath(draft, 'read')} to ${examplePath(draft, 'write')}`,
    );
  readFiles(draft, [source]);
  addWrite(draft, target);
};
