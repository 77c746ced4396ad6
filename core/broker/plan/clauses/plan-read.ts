import { clauseParts } from '../clause-paths.ts';
import { addStep, examplePath, type PlanDraft, placed, referTo } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { Unplannable } from '../unplannable.ts';
import { addWrite } from './add-write.ts';

/** `read user_docs/a.txt and user_docs/b.txt` */
export const planRead = (draft: PlanDraft, clause: Clause): void => {
  const { paths, target } = clauseParts(clause.rest, {
    workspaces: draft.workspaces,
    quotedPaths: 'all',
  });
  if (paths.length === 0)
    throw new Unplannable(
      `\`${clause.word}\` does not name a file`,
      `name the file, for example ${examplePath(draft, 'read')}; a file that a search will find cannot be named in advance`,
    );
  readFiles(draft, paths);
  if (target !== undefined) addWrite(draft, target);
};

/** Adds a reading of each file. */
export const readFiles = (draft: PlanDraft, paths: readonly string[]): void => {
  const files = paths.map((path) => placed(draft, path, 'read'));
  const from = files.map((path) =>
    referTo(addStep(draft, 'read_file', { path }, `read ${path}`), '/content'),
  );
  draft.latest = { kind: 'texts', from, files, phrase: files.join(', ') };
};
