import type { JsonObject } from '../../../vocabulary/json.ts';
import { clauseParts } from '../clause-paths.ts';
import type { Token } from '../intent-tokens.ts';
import {
  addSearch,
  addStep,
  examplePath,
  mustBeBuilt,
  type PlanDraft,
  placed,
  referTo,
} from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { phraseOf, saysNothing, topicQuery } from '../topic.ts';
import { Unplannable } from '../unplannable.ts';
import { addWrite } from './add-write.ts';

/** `summarize user_docs/notes.md`, `summarize it`, `summarize what the documents say about backups` */
export const planSummarize = (draft: PlanDraft, clause: Clause): void => {
  const rules = { workspaces: draft.workspaces, quotedPaths: 'all' } as const;
  const { paths, target, words } = clauseParts(clause.rest, rules);
  addSummary(draft, words, paths);
  if (target !== undefined) addWrite(draft, target);
};

/** Adds a summary of the files, of the quoted text, of the topic, or of what came before; in this order. */
export const addSummary = (
  draft: PlanDraft,
  words: readonly Token[],
  paths: readonly string[],
): void => {
  const { count, rest } = takeCount(words);
  const files = paths.map((path) => placed(draft, path, 'read'));
  const phrase = files.length > 0 ? files.join(', ') : phraseOf(rest);
  const sources: readonly Source[] =
    files.length > 0 ? files.map((path) => ({ path })) : sourcesOf(draft, rest);
  const from = sources.map((source) => {
    const name = source.path ?? 'what was found or written';
    const key = addStep(draft, 'summarize', { ...source, ...count }, `summarize ${name}`);
    return referTo(key, '/text');
  });
  draft.latest = { kind: 'texts', from, files: [], phrase };
};

type Source = JsonObject & { readonly path?: string };

const sourcesOf = (draft: PlanDraft, words: readonly Token[]): readonly Source[] => {
  const quotes = words.filter(({ kind }) => kind === 'quote');
  const [quote] = quotes;
  if (
    quote !== undefined &&
    quotes.length === 1 &&
    words.every((word) => word === quote || saysNothing([word]))
  )
    return [{ content: quote.text }];
  const query = saysNothing(words) ? undefined : topicQuery(words);
  if (query !== undefined) {
    mustBeBuilt(draft, 'local_search');
    return [{ findings: addSearch(draft, query, phraseOf(words)).from }];
  }
  const { latest } = draft;
  switch (latest?.kind) {
    case 'findings':
      return [{ findings: latest.from }];
    case 'texts':
      return latest.from.map((content) => ({ content }));
    case undefined:
      throw new Unplannable(
        'it is not said what to summarize',
        `name a file, for example ${examplePath(draft, 'read')}, or a topic`,
      );
  }
};

// `in 3 sentences`
const takeCount = (words: readonly Token[]): { count: JsonObject; rest: readonly Token[] } => {
  const at = words.findIndex(
    ({ lower }, index) =>
      /^\d{1,2}$/.test(lower) && /^sentences?$/.test(words[index + 1]?.lower ?? ''),
  );
  const number = Number(words[at]?.lower);
  if (at === -1 || number < 1 || number > 40) return { count: {}, rest: words };
  return { count: { sentences: number }, rest: [...words.slice(0, at), ...words.slice(at + 2)] };
};
