import type { AllowedTool } from '../../../../vocabulary/firewall-policy.ts';
import { type Argument, type ArgumentObject, encodeArgument } from '../request/argument.ts';
import { isDangerousName, isPathName } from './argument-names.ts';
import { type MatchPattern, typeFault } from './check-type.ts';
import { containsText } from './contains-text.ts';
import { quoteName } from './quote-name.ts';

const DEFAULT_LENGTH = 4096;

/** The first argument rule that a call breaks (wire contract sections 18, 32.16, 32.17). */
export const argumentFault = (
  params: ArgumentObject,
  tool: AllowedTool,
  matches: MatchPattern,
): string | undefined => {
  // The arguments may be a model's, a guest's or any client's. Where rules declare them, nothing else passes;
  // where none do, a name that sounds like an order, an address or a secret does not (section 32.17).
  const rules = new Map((tool.args ?? []).map((rule) => [rule.name, rule]));
  const hasPathLists = listsPaths(tool);
  const most = tool.max_arg_length || DEFAULT_LENGTH;
  for (const [name, value] of params) {
    const shown = quoteName(name);
    const rule = rules.get(name);
    if (tool.args !== undefined && rule === undefined) {
      return `argument ${shown} is not declared by this tool policy`;
    }
    if (rule === undefined && isDangerousName(name) && !(hasPathLists && isPathName(name))) {
      return `dangerous argument ${shown} requires an explicit typed policy rule`;
    }
    const length = bytesOf(value);
    if (length > most) return `argument ${shown} exceeds max length (${length} > ${most})`;
    for (const blocked of tool.args_blocklist ?? []) {
      if (containsText(value, blocked)) {
        return `argument ${shown} contains blocked pattern ${quoteName(blocked)}`;
      }
    }
    const fault = rule === undefined ? undefined : typeFault(value, rule, matches);
    if (fault !== undefined) return fault;
  }
  const missing = tool.args?.find(({ name, required }) => required === true && !params.has(name));
  return missing === undefined
    ? undefined
    : `required argument ${quoteName(missing.name)} is missing`;
};

/** True where a tool's paths are held to lists. */
export const listsPaths = ({ paths_allowlist = [], paths_denylist = [] }: AllowedTool): boolean =>
  paths_allowlist.length > 0 || paths_denylist.length > 0;

const bytesOf = (value: Argument): number =>
  Buffer.byteLength(typeof value === 'string' ? value : encodeArgument(value));
