import type { JsonObject, JsonValue } from '../../../vocabulary/json.ts';
import type { Schema } from '../../../vocabulary/manifest.ts';
import { beginningOf } from '../beginning-of.ts';
import { isQuotedPath, type Token } from '../intent-tokens.ts';
import { addStep, type PlanDraft, placed } from '../plan-draft.ts';
import type { Clause } from '../split-clauses.ts';
import type { ToolParameter, ToolSignature } from '../tool-signature.ts';
import { Unplannable } from '../unplannable.ts';

const FILLERS = new Set(
  'on with for of to in into from using and as the file files folder arguments args parameters'.split(
    ' ',
  ),
);
const BEFORE_NAME = new Set(['the', 'a', 'tool', 'tools']);

/**
 * `use the tool filesystem.read on user_docs/notes.md`, `run hash.verify with path=a.txt expected=…`,
 * `invoke text.diff {"before": "…", "after": "…"}`. The name is taken as it is written: one that is unknown, in
 * another case or enabled nowhere is planned all the same, and policy answers it.
 */
export const planTool = (draft: PlanDraft, clause: Clause): void => {
  const at = clause.rest.findIndex(({ lower }) => !BEFORE_NAME.has(lower));
  const named = clause.rest[at];
  if (named === undefined || named.kind === 'mark' || named.kind === 'json') {
    throw new Unplannable(
      `\`${clause.word}\` names no tool`,
      `name the tool by its exact id${exampleOf(draft.request.tools)}`,
    );
  }
  const tool = named.text;
  const signature = draft.request.tools.find(({ name }) => name === tool);
  const args = argumentsOf(draft, clause.rest.slice(at + 1), signature);
  addStep(draft, 'tool_invoke', { tool, args }, beginningOf(`invoke ${tool}`, 400));
  // What a tool gives is known to nobody here, so a later `it` means nothing rather than something older.
  draft.latest = undefined;
};

const exampleOf = ([first]: readonly ToolSignature[]): string =>
  first === undefined ? '' : `, for example \`${first.name}\``;

const argumentsOf = (
  draft: PlanDraft,
  rest: readonly Token[],
  signature: ToolSignature | undefined,
): JsonObject => {
  const args = new Map<string, JsonValue>();
  for (const token of rest) {
    if (token.kind === 'json') {
      for (const [name, value] of Object.entries(objectIn(token.text))) give(args, name, value);
    } else if (
      !addPair(draft, args, token, signature) &&
      !addPlace(draft, args, token, signature)
    ) {
      refuseUnlessFiller(token, signature);
    }
  }
  return Object.fromEntries(args);
};

const objectIn = (text: string): JsonObject => JSON.parse(text);

const give = (args: Map<string, JsonValue>, name: string, value: JsonValue): void => {
  if (args.has(name)) {
    throw new Unplannable(`the argument \`${name}\` is given twice`, 'give each argument once');
  }
  args.set(name, value);
};

const PAIR = /^([A-Za-z][A-Za-z0-9_]{0,63})=(.*)$/s;

const addPair = (
  draft: PlanDraft,
  args: Map<string, JsonValue>,
  { kind, text }: Token,
  signature: ToolSignature | undefined,
): boolean => {
  const [, name = '', raw = ''] = kind === 'quote' ? [] : (PAIR.exec(text) ?? []);
  if (name === '') return false;
  const value = /^"(.*)"$|^'(.*)'$/s.exec(raw);
  const plain = value?.[1] ?? value?.[2] ?? raw;
  const parameter = signature?.parameters.find((candidate) => candidate.name === name);
  const one = parameter === undefined ? plain : typed(draft, parameter, plain);
  const earlier = args.get(name);
  if (parameter?.many !== true) give(args, name, one);
  else args.set(name, [...(Array.isArray(earlier) ? earlier : []), one]);
  return true;
};

// The first parameter that names a place and has none yet; one that takes several takes all that are left.
const addPlace = (
  draft: PlanDraft,
  args: Map<string, JsonValue>,
  token: Token,
  signature: ToolSignature | undefined,
): boolean => {
  const isPlace =
    token.kind === 'path' ||
    isQuotedPath(token) ||
    (token.kind === 'word' && draft.workspaces.has(token.text));
  const open = signature?.parameters.find(
    ({ name, names, many }) => names !== null && (many || !args.has(name)),
  );
  if (!isPlace || open === undefined) return false;
  const path = typed(draft, open, token.text);
  const earlier = args.get(open.name);
  args.set(open.name, open.many ? [...(Array.isArray(earlier) ? earlier : []), path] : path);
  return true;
};

/** A text as the parameter's schema wants it; what does not fit stays text, and the schema refuses it. */
const typed = (draft: PlanDraft, { schema, names }: ToolParameter, text: string): JsonValue => {
  if (names !== null) return placed(draft, text, names);
  if ('enum' in schema) return schema.enum.find((member) => String(member) === text) ?? text;
  return readAs(schema, text);
};

const readAs = (schema: Exclude<Schema, { enum: unknown }>, text: string): JsonValue => {
  switch (schema.type) {
    case 'integer':
    case 'number':
      return /^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'string':
    case 'object':
    case 'array':
      return text;
    default: {
      const never: never = schema;
      return never;
    }
  }
};

// Of a tool that nobody knows nothing can be said; policy refuses it whatever its arguments are.
const refuseUnlessFiller = (
  { kind, text, lower }: Token,
  tool: ToolSignature | undefined,
): void => {
  if (tool === undefined || kind === 'mark' || FILLERS.has(lower)) return;
  const names = tool.parameters.map(({ name }) => `\`${name}\``).join(', ');
  throw new Unplannable(
    `\`${beginningOf(text, 60)}\` is no argument of \`${tool.name}\``,
    `state each argument as name=value, or all of them as a JSON object; it takes ${names || 'none'}`,
  );
};
