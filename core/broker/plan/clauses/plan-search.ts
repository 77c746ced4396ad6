import { clauseParts } from '../clause-paths.ts';
import { addSearch, isFolder, type PlanDraft, placed } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { phraseOf, topicOf } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addWrite } from './add-write.ts';

/** `find the notes on backups in user_docs/work`, `collect everything about backups into outputs/b.md` */
export const planSearch = (draft: PlanDraft, clause: Clause): void => {
  const parts = clauseParts(clause.rest, { workspaces: draft.workspaces });
  const { target } = parts;
  const writes = target !== undefined && !isFolder(draft, target) && /\.\w{1,5}$/.test(target);
  const folders = target === undefined || writes ? parts.paths : [...parts.paths, target];
  if (folders.length > 1)
    throw new Unplannable('a search has one folder', 'ask for one search after the other');
  const topic = topicOf(parts.words);
  if (topic === undefined)
    throw new Unplannable(
      `\`${clause.word}\` does not say what to look for`,
      'add a topic, for example: find notes about backups; a folder cannot be listed without one',
    );
  const folder = folders[0] === undefined ? undefined : placed(draft, folders[0], 'read');
  addSearch(draft, topic, phraseOf(parts.words), folder);
  if (writes) addWrite(draft, target);
};
