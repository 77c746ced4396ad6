import type { JsonObject } from '../../../vocabulary/json.ts';
import { beginningOf } from '../beginning-of.ts';
import {
  addStep,
  type Findings,
  mustBeBuilt,
  mustBeWhole,
  type PlanDraft,
  placedFile,
  referTo,
  type Texts,
} from '../plan-draft.ts';
import { Unplannable } from '../unplannable.ts';

/** Adds the writing of what the newest clause gives: a text as it is, findings as a report. */
export const addWrite = (
  draft: PlanDraft,
  path: string,
  action: 'write_file' | 'overwrite_file' = 'write_file',
): void => {
  const { latest } = draft;
  if (latest === undefined) throw nothingToWrite();
  if (latest.kind === 'findings') mustBeBuilt(draft, 'report');
  const texts =
    latest.kind === 'texts' ? latest : addReport(draft, reportOf(latest), latest.phrase);
  const [content, ...more] = texts.from;
  if (content === undefined || more.length > 0)
    throw new Unplannable(
      'several texts cannot be written to one file',
      'ask for a report on them, or write each to its own file',
    );
  addFileWrite(draft, path, content, action);
};

/** Adds the writing of a given text, or of a reference to one. */
export const addFileWrite = (
  draft: PlanDraft,
  path: string,
  content: string | JsonObject,
  action: 'write_file' | 'overwrite_file' = 'write_file',
): void => {
  const file = placedFile(draft, path, 'write');
  if (typeof content !== 'string') mustBeWhole(draft, content);
  const verb = action === 'write_file' ? 'write' : 'replace';
  addStep(draft, action, { path: file, content }, `${verb} ${file}`);
};

/** Adds a report on what its sources give. */
export const addReport = (draft: PlanDraft, sources: JsonObject, phrase: string): Texts => {
  const key = addStep(
    draft,
    'report',
    { instruction: phrase, ...sources },
    beginningOf(`report on ${phrase}`, 400),
  );
  const texts: Texts = { kind: 'texts', from: [referTo(key, '/text')], files: [], phrase };
  draft.latest = texts;
  return texts;
};

/** What a report gets of a search: its findings, and what makes the first line. */
export const reportOf = ({ from, topic, searched }: Findings): JsonObject => ({
  findings: from,
  query: topic.words,
  searched,
});

export const nothingToWrite = (): Unplannable =>
  new Unplannable(
    'there is no text to write',
    "put the text in quotes, for example: save 'buy milk' to outputs/list.txt; or say first what to summarize or report on",
  );
