import type { JsonObject } from '../../../vocabulary/json.ts';
import { clauseParts } from '../clause-paths.ts';
import type { Token } from '../intent-tokens.ts';
import { takeManner } from '../manner.ts';
import {
  addSearch,
  addStep,
  examplePath,
  isFolder,
  mustBeBuilt,
  type PlanDraft,
  placed,
  placedFile,
  referTo,
} from '../plan-draft.ts';
import { SUMMARIES } from '../products.ts';
import type { Clause } from '../split-clauses.ts';
import { aboutTopic, phraseOf, saysNothing, topicOf } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addWrite } from './add-write.ts';

/** `summarize user_docs/notes.md`, `summarize it`, `summarize what the documents say about backups` */
export const planSummarize = (draft: PlanDraft, clause: Clause): void => {
  const rules = { workspaces: draft.workspaces, quotedPaths: 'all' } as const;
  const { paths, target, words } = clauseParts(clause.rest, rules);
  const { length, rest } = takeManner(words, SUMMARIES);
  addSummary(draft, { words: rest, paths, length });
  if (target !== undefined) addWrite(draft, target);
};

export interface SummaryParts {
  readonly words: readonly Token[];
  /** What the words name as their topic, where the caller knows it. */
  readonly topic?: readonly Token[] | undefined;
  readonly paths: readonly string[];
  /** How many sentences, where it is said. */
  readonly length: JsonObject;
}

/** Adds a summary of the files, of the quoted text, of the topic, or of what came before; in this order. */
export const addSummary = (draft: PlanDraft, parts: SummaryParts): void => {
  const { words, paths, length } = parts;
  const [folder, ...more] = paths;
  const inFolder = folder !== undefined && more.length === 0 && isFolder(draft, folder);
  const about = parts.topic ?? aboutTopic(words);
  const topic = about === undefined ? undefined : topicOf(about);
  const files = inFolder && topic !== undefined ? [] : filesOf(draft, paths);
  const phrase = files.length > 0 ? files.join(', ') : phraseOf(words);
  const sources: readonly Source[] =
    files.length > 0
      ? files.map((path) => ({ path, ...(topic === undefined ? {} : { topic: topic.words }) }))
      : sourcesOf(draft, words, inFolder ? placed(draft, folder, 'read') : undefined);
  const from = sources.map((source) => {
    const name = source.path ?? ('findings' in source ? `what was found` : 'this text');
    const key = addStep(draft, 'summarize', { ...source, ...length }, `summarize ${name}`);
    return referTo(key, '/text');
  });
  draft.latest = { kind: 'texts', from, files: [], phrase };
};

const filesOf = (draft: PlanDraft, paths: readonly string[]): readonly string[] =>
  paths.map((path) => placedFile(draft, path, 'read'));

type Source = JsonObject & { readonly path?: string };

const sourcesOf = (
  draft: PlanDraft,
  words: readonly Token[],
  folder: string | undefined,
): readonly Source[] => {
  const quotes = words.filter(({ kind }) => kind === 'quote');
  const [quote] = quotes;
  if (
    quote !== undefined &&
    quotes.length === 1 &&
    words.every((word) => word === quote || saysNothing([word]))
  )
    return [{ content: quote.text }];
  const topic = saysNothing(words) ? undefined : topicOf(words);
  if (topic !== undefined) {
    mustBeBuilt(draft, 'local_search');
    const { from } = addSearch(draft, topic, phraseOf(words), folder);
    return [{ findings: from, topic: topic.words }];
  }
  const { latest } = draft;
  switch (latest?.kind) {
    case 'findings':
      return [{ findings: latest.from, topic: latest.topic.words }];
    case 'texts':
      // A file is summarized itself: a reading of it may hold only its beginning, and knows no lines.
      if (latest.files.length > 0) return latest.files.map((path) => ({ path }));
      return latest.from.map((content) => ({ content }));
    case undefined:
      throw new Unplannable(
        'it is not said what to summarize',
        `name a file, for example ${examplePath(draft, 'read')}, or a topic`,
      );
  }
};
