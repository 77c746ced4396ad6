import type { Action } from '../../../vocabulary/enums.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import { beginningOf } from '../beginning-of.ts';
import { clauseParts } from '../clause-paths.ts';
import type { Token } from '../intent-tokens.ts';
import { addStep, type PlanDraft, placed, referTo } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { phraseOf, topicOf } from '../topic.ts';
import { addWrite } from './add-write.ts';

/**
 * Plans what this planner does not shape as the action that it names, so that policy answers it with its reason:
 * nothing that was asked for is left out in silence.
 */
export const planPassedOn = (draft: PlanDraft, action: Action, clause: Clause): void => {
  const rules = { workspaces: draft.workspaces, quotedPaths: 'all' } as const;
  const { target, paths, urls, words } = clauseParts(clause.rest, rules);
  if (action === 'draft') addDraft(draft, words, paths);
  else if (action === 'outbound_request') addFetches(draft, urls, words);
  else {
    const named = [...paths, ...(target === undefined ? [] : [target])];
    const files = named.map((path) => placed(draft, path, 'read'));
    const request = `${clause.word} ${phraseOf(words)}`.trim();
    const params: JsonObject = { ...toolOf(action, words), ...pathsOf(files), request };
    addStep(draft, action, params, beginningOf([request, ...files].join(' '), 400));
    return;
  }
  if (target !== undefined) addWrite(draft, target);
};

/** Adds a draft of something new. */
export const addDraft = (
  draft: PlanDraft,
  words: readonly Token[],
  paths: readonly string[],
): void => {
  const instruction = phraseOf(words);
  const sources = paths.map((path) => placed(draft, path, 'read'));
  const params: JsonObject = sources.length === 0 ? { instruction } : { instruction, sources };
  const key = addStep(draft, 'draft', params, `draft ${instruction}`);
  draft.latest = { kind: 'texts', from: [referTo(key, '/text')], files: [], phrase: instruction };
};

const addFetches = (draft: PlanDraft, urls: readonly string[], words: readonly Token[]): void => {
  const asked = phraseOf(words);
  const fetches =
    urls.length > 0
      ? urls.map((url) => addStep(draft, 'outbound_request', { url }, `fetch ${url}`))
      : [addStep(draft, 'outbound_request', { request: asked }, `fetch ${asked}`)];
  const from = fetches.map((key) => referTo(key, '/content'));
  draft.latest = { kind: 'texts', from, files: [], phrase: urls.join(', ') };
};

const toolOf = (action: Action, words: readonly Token[]): JsonObject => {
  if (action !== 'enable_tool') return {};
  const tool = topicOf(words)
    ?.words.split(' ')
    .find((word) => word.toLowerCase() !== 'tool');
  return tool === undefined ? {} : { tool };
};

const pathsOf = (files: readonly string[]): JsonObject =>
  files.length === 0 ? {} : { paths: files };
