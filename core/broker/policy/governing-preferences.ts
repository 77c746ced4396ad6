import { CAPABILITY_FACTS } from '../../vocabulary/capability.ts';
import {
  type Action,
  type ConfigurableAction,
  isConfigurable,
  isPreference,
  type Preference,
} from '../../vocabulary/enums.ts';
import type { Grant } from '../../vocabulary/grant.ts';
import type { Resource } from '../../vocabulary/resource.ts';
import type { AgentPolicy } from './agent-policy.ts';

export interface GoverningPreference {
  readonly action: ConfigurableAction;
  readonly preference: Preference;
  /** True when the request stated it; else it is the file's default. */
  readonly explicit: boolean;
}

/** The step's own action and those that govern what it would touch: a read is governed by `read_file`. */
export const actionsInvolved = (
  action: Action,
  resources: readonly Resource[],
): readonly Action[] => [
  ...new Set([
    action,
    ...resources.map(({ capability }) => CAPABILITY_FACTS[capability].governedBy),
  ]),
];

/** The preference for one configurable action: the request's own, else the file's default. */
const preferenceFor = (
  action: ConfigurableAction,
  grant: Grant,
  policy: AgentPolicy,
): GoverningPreference => {
  const explicit = Object.hasOwn(grant.preferences, action);
  const preference = explicit ? grant.preferences[action] : policy.configurableDefaults[action];
  if (!isPreference(preference)) throw new TypeError('a preference outside its closed list');
  return { action, preference, explicit };
};

/** All the preferences that a step stands under; the strictest of them decides. */
export const governingPreferences = (
  involved: readonly Action[],
  grant: Grant,
  policy: AgentPolicy,
): readonly GoverningPreference[] =>
  involved.filter(isConfigurable).map((action) => preferenceFor(action, grant, policy));
