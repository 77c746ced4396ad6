import type { Finding, InstalledStep } from '../../../vocabulary/manifest.ts';
import { isPathName } from '../../gateway/firewall/rules/argument-names.ts';
import { type FeedScopes, rootsOf, type ToolParameter, toolArgument } from './tool-argument.ts';

const MOST_ARGUMENTS = 128;

/**
 * Why the peer could not be told of a tool: what it would refuse, always or together with all other tools.
 * Such a tool stays off the list, so that one plugin takes no other with it (attack 216).
 */
export const feedObstacles = (
  { entry }: InstalledStep,
  parameters: readonly ToolParameter[],
  { scopes, deny }: { readonly scopes: FeedScopes; readonly deny: readonly string[] },
): readonly Finding[] => {
  const at = `/tools/${entry}`;
  const findings: Finding[] = [];
  if (deny.includes(entry)) {
    findings.push({
      pointer: at,
      rule: 'tool-denied',
      problem: `the tool firewall denies \`${entry}\` whoever offers it`,
      mend: 'give the tool another name',
    });
  }
  if (parameters.length > MOST_ARGUMENTS) {
    findings.push({
      pointer: `${at}/input/properties`,
      rule: 'firewall-arguments',
      problem: `more than ${MOST_ARGUMENTS} parameters`,
      mend: 'take several values into one object',
    });
  }
  for (const parameter of parameters) {
    const finding = parameterObstacle(parameter, scopes);
    if (finding === undefined) continue;
    findings.push({ pointer: `${at}/input/properties/${parameter.name}`, ...finding });
  }
  return findings;
};

const parameterObstacle = (
  parameter: ToolParameter,
  scopes: FeedScopes,
): Omit<Finding, 'pointer'> | undefined => {
  const { name, schema, annotation } = parameter;
  const rule = toolArgument(parameter, scopes, false);
  if (rule === undefined) {
    return {
      rule: 'firewall-type',
      problem: 'the allowed values have more than one type, or are null',
      mend: 'list values of one type: all strings, all numbers or all booleans',
    };
  }
  const namesFile = annotation !== undefined && rootsOf(annotation, scopes) !== undefined;
  if (isPathName(name) && !(namesFile && 'type' in schema && schema.type === 'string')) {
    return {
      rule: 'firewall-path-name',
      problem: `the tool firewall takes \`${name}\` for one absolute path`,
      mend: 'give the parameter another name, or let it name one file or folder by `x-capability`',
    };
  }
  return undefined;
};
