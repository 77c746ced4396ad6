import { isPortableNumber } from '../../../vocabulary/canonical.ts';
import type { FirewallPolicy } from '../../../vocabulary/firewall-policy.ts';
import type { JsonObject, JsonValue } from '../../../vocabulary/json.ts';
import {
  type Argument,
  type ArgumentObject,
  encodeArgument,
  isArgumentList,
  isArgumentObject,
} from './request/argument.ts';
import { compactName, isCredentialName, isPathName } from './rules/argument-names.ts';

const CREDENTIAL = '[redacted credential]';
const PATH = '[path]';
const LONGEST_SHOWN = 512;
const CONTENT =
  'args body content context instruction input message payload prompt query text response result output'.split(
    ' ',
  );

/**
 * The arguments of a call as a log may keep them: no secret, no content, nothing long, and nothing that the
 * tool's policy redacts. Of what is left out the length is told, and never a digest.
 * @param showPaths false where no log may hold the name of a file
 */
export const redactArguments = (
  params: ArgumentObject,
  tool: string,
  policy: FirewallPolicy,
  { showPaths }: { readonly showPaths: boolean },
): JsonObject => {
  // What of a tool is secret its rules say. A tool without an entry says nothing of it, as one that is withheld,
  // and neither does an argument that the entry does not declare: of these only the length is told (attack 162).
  const entry = policy.allow.find(({ name }) => name === tool);
  const rules = entry?.args ?? [];
  const redacted = new Set(rules.filter(({ redact }) => redact === true).map(({ name }) => name));
  const isDeclared = (name: string): boolean =>
    entry !== undefined && (entry.args === undefined || rules.some((rule) => rule.name === name));
  const redact = (value: Argument): JsonValue => {
    if (value === null || typeof value === 'boolean') return value;
    if (typeof value === 'string') return redactText(value, showPaths);
    if (isArgumentList(value)) return value.map(redact);
    if (isArgumentObject(value)) return redactObject(value);
    const number = Number(value.literal);
    return isPortableNumber(number) ? number : value.literal;
  };
  const redactMember = (name: string, value: Argument): JsonValue => {
    if (isCredentialName(name)) return CREDENTIAL;
    if (!showPaths && isPathName(name)) return PATH;
    const compact = compactName(name);
    return CONTENT.some((marker) => compact.includes(marker)) ? lengthOnly(value) : redact(value);
  };
  // INVARIANT: only what is within the bounds of a call comes here, so the recursion is 32 deep at most.
  const redactObject = (object: ArgumentObject): JsonObject =>
    Object.fromEntries([...object].map(([name, value]) => [name, redactMember(name, value)]));

  return {
    ...Object.fromEntries(
      [...params].map(([name, value]) => [
        name,
        isDeclared(name) || isCredentialName(name) ? redactMember(name, value) : lengthOnly(value),
      ]),
    ),
    ...Object.fromEntries(
      [...redacted].filter((name) => params.has(name)).map((name) => [name, CREDENTIAL]),
    ),
  };
};

const redactText = (text: string, showPaths: boolean): string => {
  if (!showPaths && text.startsWith('/')) return PATH;
  return Buffer.byteLength(text) > LONGEST_SHOWN ? lengthOnly(text) : text;
};

const lengthOnly = (value: Argument): string => {
  const text = typeof value === 'string' ? value : encodeArgument(value);
  return `[redacted len=${Buffer.byteLength(text)}]`;
};
