import type { Action, Label } from '../../vocabulary/enums.ts';
import type { Grant } from '../../vocabulary/grant.ts';
import type { Resource } from '../../vocabulary/resource.ts';

/** What the names in a step's parameters came to: every resource, or the parameter that names none. */
export type Resolution =
  | { readonly ok: true; readonly resources: readonly Resource[] }
  | { readonly ok: false; readonly parameter: string; readonly reason: string };

/**
 * One question to policy. Mode, scopes, ceiling and the user's preferences come from the signed grant
 * and from nowhere else, so that they cannot disagree with it.
 */
export interface PolicyRequest {
  readonly action: Action;
  readonly grant: Grant;
  /** Unix seconds. */
  readonly now: number;
  /** True when an installed plugin executes this action; `tool_invoke` always has an executor. */
  readonly installed: boolean;
  readonly resolution: Resolution;
  /** The label of the data that flows into the step, where it is known. */
  readonly label?: Label;
  /** The tool that `tool_invoke` names, as it was written. */
  readonly tool?: string;
  /** True when the catalog has a tool of exactly this name that may run now. */
  readonly toolEnabled?: boolean;
}
