import type { JsonObject } from '../../../vocabulary/json.ts';
import type { Schema } from '../../../vocabulary/manifest.ts';

/** A schema as JSON with every bound spelt out: two schemas that mean the same have the same form. */
export const schemaForm = (schema: Schema): JsonObject => {
  if ('enum' in schema) return { enum: schema.enum };
  switch (schema.type) {
    case 'object':
      return {
        type: 'object',
        required: schema.required.toSorted(),
        properties: Object.fromEntries(
          [...schema.properties].map(([name, inner]) => [name, schemaForm(inner)]),
        ),
      };
    case 'array': {
      const { minItems, maxItems } = schema;
      return { type: 'array', minItems, maxItems, items: schemaForm(schema.items) };
    }
    case 'string': {
      const { minLength, maxLength, capability, redact, pattern } = schema;
      const source = pattern === null ? null : pattern.source;
      return { type: 'string', minLength, maxLength, capability, redact, pattern: source };
    }
    case 'integer':
    case 'number':
      return { type: schema.type, minimum: schema.minimum, maximum: schema.maximum };
    case 'boolean':
      return { type: 'boolean' };
    default: {
      const unknown: never = schema;
      return unknown;
    }
  }
};
