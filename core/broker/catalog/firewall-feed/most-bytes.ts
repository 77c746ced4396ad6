import type { Schema } from '../../../vocabulary/manifest.ts';

/** The peer reads no longer request, so no argument can be longer. */
export const MOST_ARGUMENT_BYTES = 65_536;

const LONGEST_NUMBER = 25;
const LONGEST_ESCAPE = 6;

/**
 * How long a valid argument can be when the peer measures it: bytes of a text, of the JSON of everything else.
 * A schema counts code points, of which each is at most 4 bytes.
 */
export const mostBytes = (schema: Schema): number =>
  capped('type' in schema && schema.type === 'string' ? 4 * schema.maxLength : encoded(schema));

const encoded = (schema: Schema): number => {
  if ('enum' in schema) {
    return Math.max(...schema.enum.map((member) => Buffer.byteLength(JSON.stringify(member))));
  }
  switch (schema.type) {
    case 'string':
      return capped(LONGEST_ESCAPE * schema.maxLength + 2);
    case 'boolean':
      return 'false'.length;
    case 'integer':
    case 'number':
      return LONGEST_NUMBER;
    case 'array':
      return capped(2 + schema.maxItems * (encoded(schema.items) + 1));
    case 'object':
      return capped(
        [...schema.properties].reduce(
          (sum, [name, inner]) => sum + name.length + 4 + encoded(inner),
          2,
        ),
      );
    default: {
      const unknown: never = schema;
      throw new Error(`unknown schema ${String(unknown)}`);
    }
  }
};

const capped = (bytes: number): number => Math.min(bytes, MOST_ARGUMENT_BYTES);
