import type { NumberSchema } from '../../../vocabulary/manifest.ts';
import { allowKeywords, readBound, refuseCrossed, type SchemaRecord } from './schema-record.ts';

/** A number and its bounds; an absent bound is the widest that is exact. */
export const parseNumber = (record: SchemaRecord, type: 'integer' | 'number'): NumberSchema => {
  allowKeywords(record, ['type', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']);
  const minimum = readBound(record, 'minimum', Number.MIN_SAFE_INTEGER);
  const maximum = readBound(record, 'maximum', Number.MAX_SAFE_INTEGER);
  const above = readExclusive(record, type, 'exclusiveMinimum');
  const below = readExclusive(record, type, 'exclusiveMaximum');
  const schema: NumberSchema = {
    type,
    minimum: above === undefined ? minimum : Math.max(minimum, Math.floor(above) + 1),
    maximum: below === undefined ? maximum : Math.min(maximum, Math.ceil(below) - 1),
  };
  refuseCrossed(record, schema.minimum, schema.maximum);
  return schema;
};

const readExclusive = (
  record: SchemaRecord,
  type: 'integer' | 'number',
  keyword: 'exclusiveMinimum' | 'exclusiveMaximum',
): number | undefined => {
  if (!record.has(keyword)) return undefined;
  if (type === 'integer') return readBound(record, keyword, 0);
  // The number next to a bound has no printed form to show or to hash.
  const inclusive = keyword === 'exclusiveMinimum' ? 'minimum' : 'maximum';
  record.refuse({
    on: keyword,
    at: 'key',
    rule: 'exclusive-bound',
    problem: `\`${keyword}\` on fractions`,
    mend: `use \`${inclusive}\`, or \`type: integer\` in a smaller unit`,
  });
  return undefined;
};
