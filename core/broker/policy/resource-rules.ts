import { CAPABILITY_FACTS, isCapability } from '../../vocabulary/capability.ts';
import { exceedsCeiling, isLabel } from '../../vocabulary/enums.ts';
import { type FileResource, isFileResource, type Resource } from '../../vocabulary/resource.ts';
import { isCovered } from '../grant/path-matcher.ts';
import type { Facts, Match, Rule } from './rule.ts';

const unresolvable = ({ request: { action, resolution } }: Facts): Match | undefined => {
  const remedy = 'name a file or folder inside the scope of the task';
  if (resolution.ok !== true) {
    return { reason: `parameter '${resolution.parameter}': ${resolution.reason}`, remedy };
  }
  const strange = resolution.resources.find((resource) => !isWhole(resource));
  if (strange !== undefined) {
    return { reason: `parameter '${strange.parameter}' names no single place`, remedy };
  }
  return FILE_ACTIONS.has(action) && resolution.resources.length === 0
    ? { reason: `action '${action}' names no file`, remedy }
    : undefined;
};

/** Actions that are nothing without a file: an empty list of resources is not a harmless one. */
const FILE_ACTIONS: ReadonlySet<string> = new Set(['read_file', 'write_file', 'overwrite_file']);

// INVARIANT: what policy matches and what the gateway opens are the same place.
const isWhole = (resource: Resource): boolean => {
  if (!isFileResource(resource)) return true;
  const { root, relative, absolute } = resource;
  return absolute === (relative === '' ? root : `${root}/${relative}`);
};

const unknownCapability = ({ resources }: Facts): Match | undefined => {
  const unknown = resources.find(({ capability }) => !isCapability(capability));
  return unknown === undefined
    ? undefined
    : { reason: `parameter '${unknown.parameter}' asks for no known capability`, remedy: null };
};

const readScope = ({ resources, request: { grant }, mode }: Facts): Match | undefined => {
  const outside = firstOutside(resources, 'read', grant.readable_paths);
  return outside === undefined
    ? undefined
    : {
        reason: `path '${outside.display}' not in readable scope`,
        remedy:
          mode === 'sensitive'
            ? 'name its workspace in the request: sensitive mode reads nothing else'
            : 'name its workspace in the request',
      };
};

const writeScope = ({ resources, request: { grant } }: Facts): Match | undefined => {
  const outside = firstOutside(resources, 'write', grant.writable_paths);
  return outside === undefined
    ? undefined
    : {
        reason: `path '${outside.display}' not in writable scope`,
        remedy: 'choose a place in the writable scope of the policy file',
      };
};

const firstOutside = (
  resources: readonly Resource[],
  access: 'read' | 'write',
  prefixes: readonly string[],
): FileResource | undefined =>
  resources
    .filter(isFileResource)
    .find(
      ({ capability, absolute }) =>
        CAPABILITY_FACTS[capability].access === access && !isCovered(prefixes, absolute),
    );

// A tool that is invoked invokes none itself: calls are one deep, so that no chain of them can wait for itself.
const noGateway = ({ resources, request: { action } }: Facts): Match | undefined => {
  const unserved = resources.find(
    ({ capability }) =>
      CAPABILITY_FACTS[capability].served !== true ||
      (action === 'tool_invoke' && capability === 'tool.invoke'),
  );
  return unserved === undefined
    ? undefined
    : { reason: `no gateway serves '${unserved.capability}' of '${unserved.parameter}'` };
};

// What an automatic step does through a tool is judged when it calls that tool, by this same rule.
const autoNeverWrites = ({ risk, resources, request: { action } }: Facts): Match | undefined =>
  risk === 'auto' &&
  resources.some(({ capability }) => MAY_CHANGE.has(CAPABILITY_FACTS[capability].access))
    ? {
        reason: `action '${action}' never writes`,
        remedy: 'plan the write as a `write_file` step of its own',
      }
    : undefined;

const MAY_CHANGE: ReadonlySet<string> = new Set(['write', 'fetch']);

const sensitivityCeiling = ({ request: { label, grant } }: Facts): Match | undefined => {
  if (label === undefined) return undefined;
  const ceiling = grant.sensitivity_ceiling;
  // A label outside the closed list is above every ceiling.
  return isLabel(label) && isLabel(ceiling) && !exceedsCeiling(label, ceiling)
    ? undefined
    : {
        reason: `sensitivity '${label}' exceeds ceiling '${ceiling}'`,
        remedy: 'submit the task in a mode whose ceiling covers the data',
      };
};

/** Denials that look at what a step would touch. */
export const RESOURCE_RULES: readonly Rule[] = [
  {
    name: 'unresolvable',
    says: 'every name in a step must come to one place, and a file action must name one',
    match: unresolvable,
  },
  {
    name: 'unknown_capability',
    says: 'a capability outside the closed list is denied; there are no wildcards',
    match: unknownCapability,
  },
  {
    name: 'no_gateway',
    says: 'a capability that no gateway of this release serves is denied',
    match: noGateway,
  },
  {
    name: 'read_scope',
    says: 'every path that is read must lie in the readable scope of the grant',
    match: readScope,
  },
  {
    name: 'write_scope',
    says: 'every path that is written must lie in the writable scope of the grant',
    match: writeScope,
  },
  { name: 'auto_never_writes', says: 'an automatic action never writes', match: autoNeverWrites },
  {
    name: 'sensitivity_ceiling',
    says: "data above the mode's ceiling does not enter a step",
    match: sensitivityCeiling,
  },
];
