import type { JsonObject } from '../../../vocabulary/json.ts';
import type {
  NumberSchema,
  ObjectSchema,
  Schema,
  StringSchema,
} from '../../../vocabulary/manifest.ts';

/**
 * A schema of the profile as plain JSON Schema 2020-12, references written out: for types, documents, the
 * firewall's feed and the planner. Reading it again gives the same schema.
 */
export const schemaToJson = (schema: ObjectSchema): JsonObject => ({
  type: 'object',
  additionalProperties: false,
  properties: Object.fromEntries(
    [...schema.properties].map(([name, inner]) => [name, nodeToJson(inner)]),
  ),
  ...(schema.required.length > 0 ? { required: schema.required } : {}),
});

/** As `schemaToJson`, for a schema at any place. */
export const nodeToJson = (schema: Schema): JsonObject => {
  if ('enum' in schema) return { enum: schema.enum };
  switch (schema.type) {
    case 'object':
      return schemaToJson(schema);
    case 'array': {
      const { type, items, minItems, maxItems } = schema;
      return { type, items: nodeToJson(items), ...(minItems > 0 ? { minItems } : {}), maxItems };
    }
    case 'string':
      return stringToJson(schema);
    case 'integer':
    case 'number':
      return numberToJson(schema);
    case 'boolean':
      return { type: 'boolean' };
    default: {
      const unknown: never = schema;
      throw new Error(`unknown schema ${String(unknown)}`);
    }
  }
};

const stringToJson = (schema: StringSchema): JsonObject => ({
  type: 'string',
  ...(schema.minLength > 0 ? { minLength: schema.minLength } : {}),
  maxLength: schema.maxLength,
  ...(schema.pattern === null ? {} : { pattern: schema.pattern.source }),
  ...(schema.capability === null ? {} : { 'x-capability': schema.capability }),
  ...(schema.redact ? { 'x-redact': true } : {}),
});

const numberToJson = ({ type, minimum, maximum }: NumberSchema): JsonObject => ({
  type,
  ...(minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
  ...(maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
});
