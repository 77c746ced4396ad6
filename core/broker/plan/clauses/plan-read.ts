import { clauseParts } from '../clause-paths.ts';
import {
  addSearch,
  addStep,
  examplePath,
  type PlanDraft,
  placedFile,
  referTo,
} from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { aboutTopic, phraseOf, topicOf } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addWrite } from './add-write.ts';

const SHOWS = new Set(['show', 'display', 'view']);

/** `read user_docs/a.txt and user_docs/b.txt`, `show me the files about backups` */
export const planRead = (draft: PlanDraft, clause: Clause): void => {
  const { paths, target, words } = clauseParts(clause.rest, {
    workspaces: draft.workspaces,
    quotedPaths: 'all',
  });
  const about = paths.length === 0 && SHOWS.has(clause.word) ? aboutTopic(words) : undefined;
  const topic = about === undefined ? undefined : topicOf(about);
  if (topic !== undefined) {
    addSearch(draft, topic, phraseOf(words));
    return;
  }
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
  const files = paths.map((path) => placedFile(draft, path, 'read'));
  const from = files.map((path) =>
    referTo(addStep(draft, 'read_file', { path }, `read ${path}`), '/content'),
  );
  draft.latest = { kind: 'texts', from, files, phrase: files.join(', ') };
};
