import { isJsonObject, type JsonObject, type JsonValue } from '../../vocabulary/json.ts';
import type { InstalledStep, Schema } from '../../vocabulary/manifest.ts';
import { asReference } from '../../vocabulary/reference.ts';
import { sizeText } from './size-text.ts';
import { visible } from './visible-text.ts';

/** A call of a tool as a person is shown it: its id, and each argument that names no resource. */
export interface ToolSentence {
  readonly name: string;
  /** `expected = abc`, plain ASCII. */
  readonly args: readonly string[];
}

const MOST_OF_A_VALUE = 200;
const REDACTED = '[redacted]';

/** The arguments as they will be given, what the schema keeps secret left out (`x-redact`). */
export const toolSentence = (
  { entry, input: schema, annotations }: Pick<InstalledStep, 'entry' | 'input' | 'annotations'>,
  input: JsonObject,
): ToolSentence => {
  const naming = new Set(annotations.map(({ parameter }) => parameter));
  return {
    name: visible(entry),
    args: Object.entries(input)
      .filter(([name]) => !naming.has(name))
      .map(([name, value]) => `${visible(name)} = ${shown(schema.properties.get(name), value)}`),
  };
};

const shown = (schema: Schema | undefined, value: JsonValue): string => {
  if (asReference(value) !== undefined) return 'a result of an earlier step';
  const open = schema === undefined ? REDACTED : redacted(schema, value);
  const text = typeof open === 'string' ? open : JSON.stringify(open);
  if (text.length <= MOST_OF_A_VALUE) return visible(text);
  return `${visible(text.slice(0, MOST_OF_A_VALUE))}... (${sizeText(Buffer.byteLength(text))})`;
};

/** The value with every text that its schema wants redacted, or does not know, replaced. */
const redacted = (schema: Schema, value: JsonValue): JsonValue => {
  if ('enum' in schema || asReference(value) !== undefined) return value;
  switch (schema.type) {
    case 'string':
      return schema.redact ? REDACTED : value;
    case 'array':
      return Array.isArray(value) ? value.map((item) => redacted(schema.items, item)) : REDACTED;
    case 'object':
      return isJsonObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([name, item]) => {
              const inner = schema.properties.get(name);
              return [name, inner === undefined ? REDACTED : redacted(inner, item)];
            }),
          )
        : REDACTED;
    case 'integer':
    case 'number':
    case 'boolean':
      return value;
    default: {
      const never: never = schema;
      return never;
    }
  }
};
