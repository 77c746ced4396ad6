/** The closed word lists of the wire contract, section 3. */

export const MODES = ['offline_only', 'standard', 'online_assisted', 'sensitive'] as const;
export type Mode = (typeof MODES)[number];

/** Sensitivity, lowest first: the order is the meaning. */
export const LABELS = ['low', 'medium', 'high'] as const;
export type Label = (typeof LABELS)[number];

export const ACTIONS = [
  'local_search',
  'summarize',
  'draft',
  'classify',
  'report',
  'explain_security',
  'read_file',
  'write_file',
  'overwrite_file',
  'tool_invoke',
  'outbound_request',
  'export_data',
  'trust_change',
  'batch_delete',
  'widen_scope',
  'enable_tool',
  'change_security',
] as const;
export type Action = (typeof ACTIONS)[number];

export const CONFIGURABLE_ACTIONS = [
  'read_file',
  'write_file',
  'overwrite_file',
  'tool_invoke',
] as const;
export type ConfigurableAction = (typeof CONFIGURABLE_ACTIONS)[number];

export const PREFERENCES = ['always', 'ask', 'never'] as const;
export type Preference = (typeof PREFERENCES)[number];

const RISKS = ['auto', 'configurable', 'approval_required'] as const;
export type Risk = (typeof RISKS)[number];

const STEP_STATUSES = [
  'pending',
  'approved',
  'denied',
  'running',
  'completed',
  'failed',
  'skipped',
] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];

const TASK_STATUSES = [
  'planning',
  'pending_approval',
  'running',
  'completed',
  'failed',
  'cancelled',
  'recovery_required',
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

const isOneOf =
  <Word extends string>(words: readonly Word[]) =>
  (value: unknown): value is Word =>
    typeof value === 'string' && (words as readonly string[]).includes(value);

export const isMode: (value: unknown) => value is Mode = isOneOf(MODES);
export const isLabel: (value: unknown) => value is Label = isOneOf(LABELS);
export const isAction: (value: unknown) => value is Action = isOneOf(ACTIONS);
export const isPreference: (value: unknown) => value is Preference = isOneOf(PREFERENCES);
export const isConfigurable: (value: unknown) => value is ConfigurableAction =
  isOneOf(CONFIGURABLE_ACTIONS);

/** The higher of the given labels; `low` for none. */
export const highestLabel = (...labels: readonly Label[]): Label =>
  LABELS[Math.max(0, ...labels.map((label) => LABELS.indexOf(label)))] ?? 'high';

/** True when data so labelled may not flow where `ceiling` is the limit. */
export const exceedsCeiling = (label: Label, ceiling: Label): boolean =>
  LABELS.indexOf(label) > LABELS.indexOf(ceiling);

/** Sandbox profiles: ordinary steps; one process a step, for sensitive mode; tight, for unknown code. */
export const PROFILE_NAMES = ['standard', 'strict', 'vetting'] as const;
export type ProfileName = (typeof PROFILE_NAMES)[number];
