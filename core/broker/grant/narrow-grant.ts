import type { Budgets } from '../../vocabulary/budget.ts';
import {
  CONFIGURABLE_ACTIONS,
  type ConfigurableAction,
  LABELS,
  PREFERENCES,
  type Preference,
} from '../../vocabulary/enums.ts';
import type { Grant } from '../../vocabulary/grant.ts';
import type { AccessScope } from '../../vocabulary/resource.ts';
import { covers } from './path-matcher.ts';

/** What a narrower grant should hold; what is left out stays as the parent has it. */
export type Narrowing = Partial<
  Pick<
    Grant,
    | 'readable_paths'
    | 'writable_paths'
    | 'allowed_tools'
    | 'allow_online'
    | 'sensitivity_ceiling'
    | 'expires_at'
    | 'preferences'
  > & { readonly budget_limits: Partial<Budgets> }
>;

/**
 * A grant that allows what the parent allows *and* what is wished: derivation can only intersect, so a
 * wish for more is no error and gains nothing (attack 123). Identity, bindings and mode stay.
 */
export const narrowGrant = (parent: Grant, wish: Narrowing): Grant => ({
  ...parent,
  readable_paths: commonPaths(parent.readable_paths, wish.readable_paths),
  writable_paths: commonPaths(parent.writable_paths, wish.writable_paths),
  allowed_tools: commonNames(parent.allowed_tools, wish.allowed_tools),
  allow_online: parent.allow_online && wish.allow_online !== false,
  sensitivity_ceiling: lower(LABELS, parent.sensitivity_ceiling, wish.sensitivity_ceiling),
  expires_at: smaller(parent.expires_at, wish.expires_at),
  preferences: stricter(parent.preferences, wish.preferences),
  budget_limits: smallerBudgets(parent.budget_limits, wish.budget_limits),
});

/** The part of a grant that a gateway asks. */
export const accessOf = (grant: Grant): AccessScope => ({
  readable: grant.readable_paths,
  writable: grant.writable_paths,
  ceiling: grant.sensitivity_ceiling,
});

const commonPaths = (
  held: readonly string[],
  wished: readonly string[] | undefined,
): readonly string[] => {
  if (wished === undefined) return held;
  const both = held.flatMap((a) =>
    wished.flatMap((b) => (covers(a, b) ? [b] : covers(b, a) ? [a] : [])),
  );
  return [...new Set(both)].sort();
};

const commonNames = (
  held: readonly string[],
  wished: readonly string[] | undefined,
): readonly string[] =>
  wished === undefined ? held : held.filter((name) => wished.includes(name));

// A wish that is no number is none: a limit of NaN would stop nothing.
const smaller = (held: number, wished: unknown): number =>
  typeof wished === 'number' && wished < held ? wished : held;

/** The one that stands first in the list; a word that is not in it wishes for nothing. */
const lower = <Word>(order: readonly Word[], held: Word, wished: Word | undefined): Word =>
  order.find((word) => word === held || word === wished) ?? held;

const STRICTEST_FIRST: readonly Preference[] = [...PREFERENCES].reverse();

type Preferences = Grant['preferences'];

const stricter = (held: Preferences, wished: Preferences | undefined): Preferences => {
  const strict: Partial<Record<ConfigurableAction, Preference>> = { ...held };
  for (const action of CONFIGURABLE_ACTIONS) {
    const mine = held[action];
    const theirs = wished?.[action];
    if (mine !== undefined) strict[action] = lower(STRICTEST_FIRST, mine, theirs);
    // Where the parent follows the policy file, only `never` is surely not a loosening.
    else if (theirs === 'never') strict[action] = theirs;
  }
  return strict;
};

const smallerBudgets = (held: Budgets, wished: Partial<Budgets> | undefined): Budgets => ({
  max_steps: smaller(held.max_steps, wished?.max_steps),
  max_tool_calls: smaller(held.max_tool_calls, wished?.max_tool_calls),
  max_tokens: smaller(held.max_tokens, wished?.max_tokens),
  max_wall_clock_seconds: smaller(held.max_wall_clock_seconds, wished?.max_wall_clock_seconds),
  max_files_touched: smaller(held.max_files_touched, wished?.max_files_touched),
  max_output_bytes: smaller(held.max_output_bytes, wished?.max_output_bytes),
});
