import { type Action, isAction } from '../../vocabulary/enums.ts';

// A plugin's author chooses the names of its steps, and a step executes the action of its name. What would change
// the agent itself, its trust or the scope of a task is no plugin's to execute, however it is signed; and a tool is
// called by the agent alone.
const OWN_ACTIONS: readonly Action[] = [
  'tool_invoke',
  'trust_change',
  'widen_scope',
  'enable_tool',
  'change_security',
];

export type StepAction =
  | { readonly ok: true; readonly action: Action }
  | { readonly ok: false; readonly problem: string };

/** The action that a step of this name executes, if a plugin may execute it. */
export const stepAction = (name: string): StepAction => {
  if (!isAction(name)) return { ok: false, problem: `unknown action \`${name}\`` };
  return OWN_ACTIONS.includes(name)
    ? { ok: false, problem: `action \`${name}\` is the agent's own` }
    : { ok: true, action: name };
};
