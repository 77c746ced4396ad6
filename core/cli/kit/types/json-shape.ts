import type { JsonValue } from '../../../vocabulary/json.ts';
import type { Schema } from '../../../vocabulary/manifest.ts';

/** The JSON Schema of a checked schema, as far as it says something about a type. */
export const jsonShape = (schema: Schema): { [keyword: string]: JsonValue } => {
  if ('enum' in schema) return { enum: [...schema.enum] };
  switch (schema.type) {
    case 'object':
      return {
        type: 'object',
        additionalProperties: false,
        required: [...schema.required],
        properties: Object.fromEntries(
          [...schema.properties].map(([name, inner]) => [name, jsonShape(inner)]),
        ),
      };
    case 'array':
      return { type: 'array', items: jsonShape(schema.items) };
    case 'string':
    case 'integer':
    case 'number':
    case 'boolean':
      return { type: schema.type };
    default: {
      const never: never = schema;
      return never;
    }
  }
};
