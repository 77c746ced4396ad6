import type { BuiltActions } from '../../core/broker/policy/policy-matrix.ts';
import type { Capability } from '../../core/vocabulary/capability.ts';
import type { Action } from '../../core/vocabulary/enums.ts';

const asks = (
  action: Action,
  capability: Capability,
  parameter = 'path',
): [Action, { annotations: { parameter: string; capability: Capability; many: boolean }[] }] => [
  action,
  { annotations: [{ parameter, capability, many: false }] },
];

/** The actions that this release executes, and what each asks to touch. */
export const BUILT: BuiltActions = new Map([
  asks('local_search', 'storage.search'),
  asks('summarize', 'storage.read'),
  asks('report', 'storage.read'),
  asks('read_file', 'storage.read'),
  asks('write_file', 'storage.create'),
  asks('overwrite_file', 'storage.replace'),
]);
