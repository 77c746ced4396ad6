import type { Action } from '../../vocabulary/enums.ts';
import { unableRemedy } from './unable.ts';

/** What a clause asks for: one of the actions that this planner shapes, or an action passed to policy as it is. */
export type Verb =
  | { readonly kind: 'search' | 'summarize' | 'report' | 'read' | 'write' | 'make' | 'overwrite' }
  | { readonly kind: 'copy' | 'question' | 'unable' | 'tool' }
  | { readonly kind: 'passed_on'; readonly action: Action };

const passedOn = (action: Action): Verb => ({ kind: 'passed_on', action });

// Whole words, longest phrase first. A verb is one only where a clause can begin, so that `stage`, `already`
// and `the tag report` stay what they are.
const PHRASES: readonly (readonly [Verb, string])[] = [
  [{ kind: 'search' }, 'search for, search, find out, find, look for, look up, locate, grep, list'],
  [{ kind: 'search' }, 'collect, gather, check whether, check if'],
  [{ kind: 'summarize' }, 'summarize, summarise, sum up, summary, condense'],
  [{ kind: 'summarize' }, 'key points of, key points from, main points of, tl;dr'],
  [{ kind: 'report' }, 'report, quote'],
  [{ kind: 'read' }, 'read, open, show, display, view, print'],
  [{ kind: 'write' }, 'save, store, put'],
  [{ kind: 'make' }, 'write down, write, create, generate, make, prepare, produce'],
  [{ kind: 'overwrite' }, 'overwrite, replace'],
  [{ kind: 'copy' }, 'copy'],
  [{ kind: 'question' }, 'what, which, where, does, do, is there, are there, tell me, tell us'],
  [passedOn('draft'), 'draft, compose'],
  [passedOn('classify'), 'classify, tag, label, categorize, categorise'],
  [passedOn('explain_security'), 'explain'],
  [{ kind: 'tool' }, 'invoke, run, execute, call, use tool, use the tool'],
  [passedOn('outbound_request'), 'fetch, download, browse, visit'],
  [passedOn('export_data'), 'export, share, upload, send, email, e-mail, publish'],
  [passedOn('trust_change'), 'promote, revoke, trust'],
  [passedOn('batch_delete'), 'delete, bulk delete, remove, erase, wipe, purge, trash'],
  [passedOn('widen_scope'), 'widen, extend access, grant access, give access, grant'],
  [passedOn('enable_tool'), 'enable, install'],
  [
    passedOn('change_security'),
    'change, edit policy, edit the policy, modify, disable, turn off, weaken',
  ],
];

const MOST_WORDS = 3;

const VERBS: ReadonlyMap<string, Verb> = new Map(
  PHRASES.flatMap(([verb, phrases]) =>
    phrases.split(', ').map((phrase): [string, Verb] => [phrase, verb]),
  ),
);

/** The verb that these lower-case words begin with, and how many of them it takes. */
export const verbAt = (
  words: readonly string[],
): { readonly verb: Verb; readonly length: number } | undefined => {
  for (let length = Math.min(MOST_WORDS, words.length); length > 0; length -= 1) {
    const verb = VERBS.get(words.slice(0, length).join(' '));
    if (verb !== undefined) return { verb, length };
  }
  const [word] = words;
  if (word === undefined || unableRemedy(word) === undefined) return undefined;
  return { verb: { kind: 'unable' }, length: 1 };
};
