import type { AllowedTool, ToolArgument } from '../../../../vocabulary/firewall-policy.ts';
import type { DocumentPath } from '../../../../vocabulary/parse/yaml.ts';
import { isPlainName } from '../request/plain-name.ts';
import { isPathName } from '../rules/argument-names.ts';
import { compilePattern } from '../rules/compile-pattern.ts';

/** A rule of the right shape that cannot be kept, with its place below `tools`. */
export interface PolicyFault {
  readonly path: DocumentPath;
  readonly problem: string;
}

const MOST_PATTERN_BYTES = 4096;

/** The first rule for which the peer would refuse the whole policy. */
export const firstPolicyFault = (allow: readonly AllowedTool[]): PolicyFault | undefined => {
  for (const [index, { args = [] }] of allow.entries()) {
    const seen = new Set<string>();
    for (const [place, rule] of args.entries()) {
      const fault = ruleFault(rule, seen);
      if (fault === undefined) continue;
      return { ...fault, path: ['allow', index, 'args', place, ...fault.path] };
    }
  }
  return undefined;
};

const ruleFault = (rule: ToolArgument, seen: Set<string>): PolicyFault | undefined => {
  const { name, type, pattern = '' } = rule;
  if (!isPlainName(name)) return { path: ['name'], problem: 'not the name of an argument' };
  if (seen.has(name)) return { path: ['name'], problem: 'this argument has a rule already' };
  seen.add(name);
  if (isPathName(name) && type !== 'string') {
    return { path: ['type'], problem: 'an argument of this name is a path: expected `string`' };
  }
  if (pattern === '') return undefined;
  if (type !== 'string') return { path: ['pattern'], problem: 'only a `string` has a pattern' };
  if (Buffer.byteLength(pattern) > MOST_PATTERN_BYTES) {
    return { path: ['pattern'], problem: `more than ${MOST_PATTERN_BYTES} bytes` };
  }
  try {
    compilePattern(pattern);
    return undefined;
  } catch {
    return { path: ['pattern'], problem: 'not a pattern of RE2' };
  }
};
