import { clauseParts } from '../clause-paths.ts';
import type { Token } from '../intent-tokens.ts';
import { addSearch, isFolder, type PlanDraft, placed } from '../plan-draft.ts';
import { type Clause, noVerb } from '../split-clauses.ts';
import { aboutTopic, phraseOf, saysNothing, topicOf } from '../topic.ts';
import { addSummary } from './plan-summarize.ts';

const SAYS = /^(?:says?|said|tells?|states?|stated|writes?|written|knows?|known)$/;
const MENTIONS =
  /^(?:mention(?:s|ed)?|contain(?:s|ed)?|discuss(?:es|ed)?|cover(?:s|ed)?|described?|describes|explain(?:s|ed)?|found)$/;

/**
 * A question that the words of the documents can answer: `what do the documents say about backups?` is a summary
 * of what a search finds, `which files mention backups?` the search alone. Every other question would need an
 * answer in words of the agent's own, and gets none.
 */
export const planQuestion = (draft: PlanDraft, clause: Clause): void => {
  const rules = { workspaces: draft.workspaces, quotedPaths: 'all' } as const;
  const { paths, target, words } = clauseParts(clause.rest, rules);
  if (target !== undefined) throw noVerb();
  const about = aboutTopic(words);
  if (asksWhatIsSaid(clause.word, words)) {
    if (about === undefined && paths.length === 0) throw noVerb();
    addSummary(draft, { words: about ?? [], topic: about, paths, length: {} });
    return;
  }
  const mentioned = mentionedIn(clause.word, words) ?? about;
  const topic = mentioned === undefined ? undefined : topicOf(mentioned);
  if (mentioned === undefined || topic === undefined) throw noVerb();
  const [folder, ...more] = paths;
  if (folder === undefined) addSearch(draft, topic, phraseOf(mentioned));
  else if (more.length === 0 && isFolder(draft, folder))
    addSearch(draft, topic, phraseOf(mentioned), placed(draft, folder, 'read'));
  else addSummary(draft, { words: mentioned, topic: mentioned, paths, length: {} });
};

const asksWhatIsSaid = (word: string, words: readonly Token[]): boolean => {
  if (word === 'what') return words.some(({ lower }) => SAYS.test(lower));
  return word.startsWith('tell');
};

// `does any document mention X`: behind the word; `where is X mentioned`: before it.
const mentionedIn = (word: string, words: readonly Token[]): readonly Token[] | undefined => {
  const at = words.findIndex(({ kind, lower }) => kind === 'word' && MENTIONS.test(lower));
  if (at === -1) return undefined;
  const after = words.slice(at + 1);
  const topic = word === 'where' && saysNothing(after) ? words.slice(0, at) : after;
  return saysNothing(topic) ? undefined : topic;
};
