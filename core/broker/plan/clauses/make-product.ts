import type { ClauseParts } from '../clause-paths.ts';
import type { Token } from '../intent-tokens.ts';
import { takeManner } from '../manner.ts';
import type { PlanDraft } from '../plan-draft.ts';
import { productOf, SUMMARIES } from '../products.ts';
import type { Clause } from '../split-clauses.ts';
import { saysNothing } from '../topic.ts';
import { addDraft } from './plan-passed-on.ts';
import { addReportOn } from './plan-report.ts';
import { addSummary } from './plan-summarize.ts';

type Product = NonNullable<ReturnType<typeof productOf>>;

/** What a clause asks to be made; undefined where it names nothing of that kind, or means what is there already. */
export const productIn = (
  draft: PlanDraft,
  clause: Clause,
  words: readonly Token[],
): Product | undefined => {
  const noun = words.find(isProduct);
  if (noun === undefined || meansEarlier(draft, clause, words)) return undefined;
  return productOf(noun.lower);
};

/** Adds the making of it. */
export const makeProduct = (
  draft: PlanDraft,
  product: Product,
  { words, paths }: Pick<ClauseParts, 'words' | 'paths'>,
): void => {
  switch (product) {
    case 'report':
      addReportOn(draft, withoutProducts(words), paths);
      return;
    case 'summary': {
      const { length, rest } = takeManner(words, SUMMARIES);
      addSummary(draft, { words: withoutProducts(rest), paths, length });
      return;
    }
    case 'draft':
      addDraft(draft, words, paths);
  }
};

export const withoutProducts = (words: readonly Token[]): readonly Token[] =>
  words.filter((word) => !isProduct(word));

const isProduct = ({ kind, lower }: Token): boolean =>
  kind === 'word' && productOf(lower) !== undefined;

// `save the summary` means the one that is there; `write a summary` makes one.
const meansEarlier = (draft: PlanDraft, clause: Clause, words: readonly Token[]): boolean =>
  draft.latest?.kind === 'texts' &&
  (clause.verb.kind === 'write' ||
    words.some(({ lower }) => lower === 'the' || lower === 'that')) &&
  saysNothing(withoutProducts(words));
