import { clauseParts } from '../clause-paths.ts';
import type { Token } from '../intent-tokens.ts';
import { addSearch, mustBeBuilt, type PlanDraft, placed } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { namedTopic, phraseOf, saysNothing, topicQuery } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addReport, addWrite } from './add-write.ts';

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
  if (paths.length > 0) {
    reportOnFiles(
      draft,
      paths.map((path) => placed(draft, path, 'read')),
    );
    return;
  }
  const topic = topicOf(draft, words);
  if (topic !== undefined) {
    mustBeBuilt(draft, 'local_search');
    const { from, phrase } = addSearch(draft, topic.query, topic.phrase);
    addReport(draft, { findings: from }, phrase);
    return;
  }
  reportOnEarlier(draft);
};

const reportOnEarlier = (draft: PlanDraft): void => {
  const { found, latest } = draft;
  if (found !== undefined) {
    addReport(draft, { findings: found.from }, found.phrase);
    return;
  }
  if (latest?.kind !== 'texts') throw noTopic();
  const [content, ...more] = latest.from;
  if (content !== undefined && more.length === 0) addReport(draft, { content }, latest.phrase);
  else if (latest.files.length > 0) reportOnFiles(draft, latest.files);
  else throw noTopic();
};

const reportOnFiles = (draft: PlanDraft, sources: readonly string[]): void => {
  if (sources.length > MOST_SOURCES)
    throw new Unplannable(
      `a report has at most ${MOST_SOURCES} files as its sources`,
      'report on fewer files, or search a folder for a topic',
    );
  addReport(draft, { sources }, sources.join(', '));
};

// A topic that repeats what was just searched for is that search, not another one. Without any search before,
// every word that says something is the topic.
const topicOf = (
  { found, latest }: PlanDraft,
  words: readonly Token[],
): { readonly query: string; readonly phrase: string } | undefined => {
  const tokens = namedTopic(words) ?? (latest === undefined ? words : []);
  const query = saysNothing(tokens) ? undefined : topicQuery(tokens);
  if (query === undefined) return undefined;
  const searched = new Set(found?.query.toLowerCase().split(' '));
  if (
    query
      .toLowerCase()
      .split(' ')
      .every((word) => searched.has(word))
  )
    return undefined;
  return { query, phrase: phraseOf(tokens) };
};

const noTopic = (): Unplannable =>
  new Unplannable(
    'it is not said what the report is about',
    'add a topic or files, for example: report on backups',
  );
