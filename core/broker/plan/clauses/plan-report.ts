import { clauseParts } from '../clause-paths.ts';
import type { Token } from '../intent-tokens.ts';
import {
  addSearch,
  isFolder,
  mustBeBuilt,
  type PlanDraft,
  placed,
  placedFile,
} from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { namedTopic, phraseOf, saysNothing, type Topic, topicOf } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addReport, addWrite, reportOf } from './add-write.ts';

const MOST_SOURCES = 5;

/** `report on backups to outputs/backups.md` */
export const planReport = (draft: PlanDraft, clause: Clause): void => {
  const rules = { workspaces: draft.workspaces, quotedPaths: 'all' } as const;
  const { paths, target, words } = clauseParts(clause.rest, rules);
  addReportOn(draft, words, paths);
  if (target !== undefined) addWrite(draft, target);
};

/** Adds a report on the files, on the topic that the words name, or on what came before; in this order. */
export const addReportOn = (
  draft: PlanDraft,
  words: readonly Token[],
  paths: readonly string[],
): void => {
  const asked = newTopic(draft, words);
  const [folder, ...more] = paths;
  const inFolder = folder !== undefined && more.length === 0 && isFolder(draft, folder);
  if (paths.length > 0 && !(inFolder && asked !== undefined)) {
    reportOnFiles(
      draft,
      paths.map((path) => placedFile(draft, path, 'read')),
      namedTopic(words),
    );
    return;
  }
  if (asked !== undefined) {
    mustBeBuilt(draft, 'local_search');
    const place = inFolder ? placed(draft, folder, 'read') : undefined;
    const findings = addSearch(draft, asked.topic, asked.phrase, place);
    addReport(draft, reportOf(findings), findings.phrase);
    return;
  }
  reportOnEarlier(draft);
};

const reportOnEarlier = (draft: PlanDraft): void => {
  const { found, latest } = draft;
  if (found !== undefined) {
    addReport(draft, reportOf(found), found.phrase);
    return;
  }
  if (latest?.kind !== 'texts') throw noTopic();
  const [content, ...more] = latest.from;
  // The files themselves, not what was read of them: a reading may be cut, and knows no lines.
  if (latest.files.length > 0) reportOnFiles(draft, latest.files);
  else if (content !== undefined && more.length === 0) addReport(draft, { content }, latest.phrase);
  else throw noTopic();
};

const reportOnFiles = (
  draft: PlanDraft,
  sources: readonly string[],
  topic?: readonly Token[],
): void => {
  if (sources.length > MOST_SOURCES)
    throw new Unplannable(
      `a report has at most ${MOST_SOURCES} files as its sources`,
      'report on fewer files, or search a folder for a topic',
    );
  addReport(draft, { sources }, topic === undefined ? sources.join(', ') : phraseOf(topic));
};

// A topic that repeats what was just searched for is that search, not another one. Without any search before,
// every word that says something is the topic.
const newTopic = (
  { found, latest }: PlanDraft,
  words: readonly Token[],
): { readonly topic: Topic; readonly phrase: string } | undefined => {
  const tokens = namedTopic(words) ?? (latest === undefined ? words : []);
  const topic = saysNothing(tokens) ? undefined : topicOf(tokens);
  if (topic === undefined) return undefined;
  const searched = new Set(found?.topic.query.toLowerCase().split(' '));
  const isKnown = topic.words
    .toLowerCase()
    .split(' ')
    .every((word) => searched.has(word));
  return isKnown ? undefined : { topic, phrase: phraseOf(tokens) };
};

const noTopic = (): Unplannable =>
  new Unplannable(
    'it is not said what the report is about',
    'add a topic or files, for example: report on backups',
  );
