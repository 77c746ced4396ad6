import { clauseParts } from '../clause-paths.ts';
import { addSearch, type PlanDraft, placed } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { phraseOf, topicQuery } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';

/** `find the notes on backups in user_docs/work` */
export const planSearch = (draft: PlanDraft, clause: Clause): void => {
  const parts = clauseParts(clause.rest, { workspaces: draft.workspaces });
  const folders = parts.target === undefined ? parts.paths : [...parts.paths, parts.target];
  if (folders.length > 1)
    throw new Unplannable('a search has one folder', 'ask for one search after the other');
  const query = topicQuery(parts.words);
  if (query === undefined)
    throw new Unplannable(
      `\`${clause.word}\` does not say what to look for`,
      'add a topic, for example: find notes about backups',
    );
  const folder = folders[0] === undefined ? undefined : placed(draft, folders[0], 'read');
  addSearch(draft, query, phraseOf(parts.words), folder);
};
