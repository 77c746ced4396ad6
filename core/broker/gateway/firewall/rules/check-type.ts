import type { ToolArgument } from '../../../../vocabulary/firewall-policy.ts';
import { type Argument, isArgumentList, isArgumentObject } from '../request/argument.ts';
import { quoteName } from './quote-name.ts';

/** Whether a text holds a match of a rule's pattern; compiled when the policy was loaded. */
export type MatchPattern = (pattern: string, text: string) => boolean;

/** Why an argument does not fit the rule that declares it; undefined where it does. */
export const typeFault = (
  value: Argument,
  rule: ToolArgument,
  matches: MatchPattern,
): string | undefined => {
  const name = quoteName(rule.name);
  if (!hasType(value, rule.type)) return `argument ${name} must have JSON type ${rule.type}`;
  const most = rule.max_length ?? 0;
  if (most > 0 && lengthOf(value) > most) {
    return `argument ${name} exceeds typed max_length ${most}`;
  }
  const pattern = rule.pattern ?? '';
  if (pattern !== '' && !(typeof value === 'string' && matches(pattern, value))) {
    return `argument ${name} does not match its required pattern`;
  }
  return undefined;
};

const hasType = (value: Argument, type: ToolArgument['type']): boolean => {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'number':
      return isNumber(value);
    case 'integer':
      return isNumber(value) && isInt64(value.literal);
    case 'object':
      return isArgumentObject(value);
    case 'array':
      return isArgumentList(value);
    default: {
      const unknown: never = type;
      throw new Error(`unknown type ${String(unknown)}`);
    }
  }
};

const isNumber = (value: Argument): value is { readonly literal: string } =>
  typeof value === 'object' && value !== null && !isArgumentList(value) && !isArgumentObject(value);

const isInt64 = (literal: string): boolean =>
  /^-?\d+$/.test(literal) && BigInt.asIntN(64, BigInt(literal)) === BigInt(literal);

// Bytes of a text, elements of a list, members of an object, characters of everything else.
const lengthOf = (value: Argument): number => {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (isArgumentList(value)) return value.length;
  if (isArgumentObject(value)) return value.size;
  return isNumber(value) ? value.literal.length : String(value).length;
};
