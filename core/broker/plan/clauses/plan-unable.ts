import type { PlanDraft } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import { unableRemedy } from '../unable.ts';
import { Unplannable } from '../unplannable.ts';

/** `translate user_docs/a.md`: no step does it, and no other step is a guess at it. */
export const planUnable = (_draft: PlanDraft, { word }: Clause): void => {
  throw new Unplannable(
    `\`${word}\` is nothing that this agent does`,
    unableRemedy(word) ?? 'begin with a verb: find, read, summarize, report on or write',
  );
};
