import type { PlanResult } from '../../vocabulary/plan.ts';
import { planCopy, planOverwrite } from './clauses/plan-overwrite.ts';
import { planPassedOn } from './clauses/plan-passed-on.ts';
import { planQuestion } from './clauses/plan-question.ts';
import { planRead } from './clauses/plan-read.ts';
import { planReport } from './clauses/plan-report.ts';
import { planSearch } from './clauses/plan-search.ts';
import { planSummarize } from './clauses/plan-summarize.ts';
import { planTool } from './clauses/plan-tool.ts';
import { planUnable } from './clauses/plan-unable.ts';
import { planWrite } from './clauses/plan-write.ts';
import { intentTokens } from './intent-tokens.ts';
import { makePlanDraft, type PlanDraft } from './plan-draft.ts';
import type { Planner, PlanRequest } from './planner.ts';
import { type Clause, splitClauses } from './split-clauses.ts';
import { Unplannable } from './unplannable.ts';
import { validatePlan } from './validate-plan.ts';
import type { Verb } from './verbs.ts';

/**
 * Plans by whole words, one or more steps a clause, without a model. It never guesses: what it does not
 * understand is an answer with a reason, and no part of an intent is dropped or turned into data for a step.
 */
export const heuristicPlanner: Planner = {
  plan: async (request) => planIntent(request),
};

const planIntent = (request: PlanRequest): PlanResult => {
  try {
    const draft = makePlanDraft(request);
    for (const clause of splitClauses(intentTokens(request.intent, draft.workspaces)))
      planClause(draft, clause);
    const checked = validatePlan(draft.steps, { maxSteps: request.maxSteps });
    if (checked.ok) return { kind: 'planned', steps: draft.steps };
    return unplannable(checked.problem, 'state a smaller or simpler intent');
  } catch (error) {
    if (error instanceof Unplannable) return unplannable(error.message, error.remedy);
    throw error;
  }
};

const planClause = (draft: PlanDraft, clause: Clause): void => {
  const { verb } = clause;
  if (verb.kind === 'passed_on') planPassedOn(draft, verb.action, clause);
  else SHAPES[verb.kind](draft, clause);
};

const SHAPES: Readonly<
  Record<Exclude<Verb['kind'], 'passed_on'>, (draft: PlanDraft, clause: Clause) => void>
> = {
  search: planSearch,
  summarize: planSummarize,
  report: planReport,
  read: planRead,
  write: planWrite,
  make: planWrite,
  overwrite: planOverwrite,
  copy: planCopy,
  question: planQuestion,
  unable: planUnable,
  tool: planTool,
};

const unplannable = (reason: string, remedy: string): PlanResult => ({
  kind: 'unplannable',
  reason,
  remedy,
});
