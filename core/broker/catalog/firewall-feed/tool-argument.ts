import { RE2JS } from 're2js';
import { CAPABILITY_FACTS, type CapabilityFacts } from '../../../vocabulary/capability.ts';
import type { ToolArgument } from '../../../vocabulary/firewall-policy.ts';
import type { Annotation, Schema } from '../../../vocabulary/manifest.ts';
import { MOST_ARGUMENT_BYTES } from './most-bytes.ts';
import { scopePattern } from './scope-pattern.ts';

/** The folders that tasks may read and write at most: absolute, canonical. */
export interface FeedScopes {
  readonly readable: readonly string[];
  readonly writable: readonly string[];
}

/** A parameter of a tool, with all that its manifest says of it. */
export interface ToolParameter {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly annotation: Annotation | undefined;
}

/** Bytes of an absolute path: the caller's own name for a resource is shorter than what it resolves to. */
export const MOST_PATH_BYTES = 16_384;
const MOST_PATTERN_BYTES = 4_096;

/** The folders that a capability reaches; undefined for what is no file or folder. */
export const rootsOf = (
  { capability }: Annotation,
  { readable, writable }: FeedScopes,
): readonly string[] | undefined => {
  const { names, access }: CapabilityFacts = CAPABILITY_FACTS[capability];
  if (names !== 'file' && names !== 'folder') return undefined;
  return access === 'read' ? readable : writable;
};

/**
 * The peer's rule for one parameter. It refuses no call that fits the schema and the peer's own limits.
 * @param held whether path lists hold the parameter to its scope already
 */
export const toolArgument = (
  { name, schema, required, annotation }: ToolParameter,
  scopes: FeedScopes,
  held: boolean,
): ToolArgument | undefined => {
  const type = typeOf(schema);
  if (type === undefined) return undefined;
  const roots = annotation === undefined ? undefined : rootsOf(annotation, scopes);
  const pattern =
    type !== 'string' || held
      ? undefined
      : roots === undefined
        ? patternOf(schema)
        : scopePattern(roots);
  const length = roots !== undefined && type === 'string' ? MOST_PATH_BYTES : lengthOf(schema);
  return {
    name,
    type,
    ...(required ? { required } : {}),
    ...(length > 0 ? { max_length: length } : {}),
    ...(pattern === undefined || Buffer.byteLength(pattern) > MOST_PATTERN_BYTES
      ? {}
      : { pattern }),
    ...(isRedacted(schema) ? { redact: true } : {}),
  };
};

const typeOf = (schema: Schema): ToolArgument['type'] | undefined => {
  if ('type' in schema) return schema.type;
  const kinds = new Set(schema.enum.map((member) => typeof member));
  const [kind] = kinds;
  if (kinds.size !== 1) return undefined;
  if (kind === 'number') return schema.enum.every(Number.isSafeInteger) ? 'integer' : 'number';
  return kind === 'string' || kind === 'boolean' ? kind : undefined;
};

// What the peer counts: bytes of a text, items of a list, members of an object. 0 is no limit.
const lengthOf = (schema: Schema): number => {
  if ('enum' in schema) return 0;
  switch (schema.type) {
    case 'string':
      return Math.min(4 * schema.maxLength, MOST_ARGUMENT_BYTES);
    case 'array':
      return schema.maxItems;
    case 'object':
      return schema.properties.size;
    case 'boolean':
    case 'integer':
    case 'number':
      return 0;
    default: {
      const unknown: never = schema;
      throw new Error(`unknown schema ${String(unknown)}`);
    }
  }
};

const patternOf = (schema: Schema): string | undefined => {
  if ('enum' in schema) {
    return `^(?:${schema.enum.map((member) => RE2JS.quote(String(member))).join('|')})$`;
  }
  const source = schema.type === 'string' ? schema.pattern?.source : undefined;
  return source === undefined ? undefined : RE2JS.translateRegExp(source);
};

const isRedacted = (schema: Schema): boolean => {
  if ('enum' in schema) return false;
  switch (schema.type) {
    case 'string':
      return schema.redact;
    case 'array':
      return isRedacted(schema.items);
    case 'object':
      return [...schema.properties.values()].some(isRedacted);
    case 'boolean':
    case 'integer':
    case 'number':
      return false;
    default: {
      const unknown: never = schema;
      throw new Error(`unknown schema ${String(unknown)}`);
    }
  }
};
