import type { ArraySchema, ObjectSchema, Schema } from '../../../vocabulary/manifest.ts';
import { definitionName } from './definitions.ts';
import { parseEnum } from './parse-enum.ts';
import { parseNumber } from './parse-number.ts';
import { parseString } from './parse-string.ts';
import { PROFILE_LIMITS } from './profile-limits.ts';
import { schemaMap } from './schema-map.ts';
import type { SchemaPlace } from './schema-place.ts';
import {
  allowKeywords,
  readSize,
  refuseCrossed,
  type SchemaRecord,
  schemaRecord,
} from './schema-record.ts';

/** A step's parameters are the properties of the outermost schema. */
const PARAMETER_DEPTH = 2;

/** Stands for a schema whose fault is reported: a reading with faults hands out none. */
const UNREAD: Schema = { type: 'boolean' };

/** Reads a schema at its place, and all that is in it. */
const parseNode = (value: unknown, place: SchemaPlace): Schema => {
  const { path, reading } = place;
  if (place.depth > PROFILE_LIMITS.depth) {
    const problem = `nested deeper than ${PROFILE_LIMITS.depth}`;
    reading.refuse({ path, rule: 'too-deep', problem, mend: 'nest less: return a flatter value' });
    return UNREAD;
  }
  reading.countSchema(path);
  const record = schemaRecord(value, path, reading);
  if (record === undefined) return UNREAD;
  if (record.has('$ref')) return followReference(record, place);
  if (record.has('enum') || record.has('const')) return parseEnum(record, place);
  const type = record.get('type');
  switch (type) {
    case 'object':
      return parseObject(record, { ...place, mayName: false });
    case 'array':
      return parseArray(record, place);
    case 'string':
      return parseString(record, place);
    case 'integer':
    case 'number':
      return parseNumber(record, type);
    case 'boolean':
      allowKeywords(record, ['type']);
      return { type };
    default:
      return refuseType(record);
  }
};

/** Reads the keywords of an object. Its properties may name resources where the place says so. */
export const parseObject = (
  record: SchemaRecord,
  place: SchemaPlace,
  alsoAllowed: readonly string[] = [],
): ObjectSchema => {
  allowKeywords(record, ['type', 'properties', 'required', 'additionalProperties', ...alsoAllowed]);
  if (record.get('additionalProperties') !== false) {
    record.refuse({
      on: 'additionalProperties',
      rule: 'closed-object',
      problem: 'expected `additionalProperties: false`',
      mend: 'add `additionalProperties: false`, and name each property',
    });
  }
  const properties = new Map<string, Schema>();
  const named = schemaMap(record, 'properties', place.reading);
  for (const [name, { path, value }] of named) {
    properties.set(name, parseNode(value, { ...place, path, depth: place.depth + 1 }));
  }
  return {
    type: 'object',
    properties,
    required: parseRequired(record, named, place),
    additionalProperties: false,
  };
};

const parseRequired = (
  record: SchemaRecord,
  properties: ReadonlyMap<string, unknown>,
  { reading }: SchemaPlace,
): readonly string[] => {
  if (!record.has('required')) return [];
  const path = [...record.path, 'required'];
  const value = record.get('required');
  const mend = 'list names of `properties`, each once';
  if (!Array.isArray(value) || value.length > PROFILE_LIMITS.properties) {
    reading.refuse({ path, rule: 'required-list', problem: 'expected a list of names', mend });
    return [];
  }
  const names = new Set<string>();
  for (const [index, name] of value.entries()) {
    if (typeof name === 'string' && properties.has(name) && !names.has(name)) names.add(name);
    else {
      const problem = 'expected a property of this object, once';
      reading.refuse({ path: [...path, index], rule: 'required-list', problem, mend });
    }
  }
  return [...names];
};

const parseArray = (record: SchemaRecord, place: SchemaPlace): ArraySchema => {
  allowKeywords(record, ['type', 'items', 'minItems', 'maxItems']);
  const maxItems = readSize(record, 'maxItems', MOST_ITEMS);
  const items = parseNode(record.get('items'), {
    ...place,
    path: [...place.path, 'items'],
    depth: place.depth + 1,
    copies: place.copies * maxItems,
    // The items of an array parameter may name resources; those of an array inside it may not.
    mayName: place.mayName && place.depth === PARAMETER_DEPTH,
  });
  const minItems = readSize(record, 'minItems', { ...MOST_ITEMS, absent: 0 });
  refuseCrossed(record, minItems, maxItems);
  const naming = 'type' in items && items.type === 'string' && items.capability !== null;
  if (naming && maxItems > PROFILE_LIMITS.resourceItems) {
    record.refuse({
      on: 'maxItems',
      rule: 'size-range',
      problem: `expected an integer from 0 to ${PROFILE_LIMITS.resourceItems}`,
      mend: `name at most ${PROFILE_LIMITS.resourceItems} resources`,
    });
  }
  return { type: 'array', items, minItems, maxItems };
};

const MOST_ITEMS = { most: PROFILE_LIMITS.maxItems, absent: 'required' } as const;

// A reference stands for the definition, read anew at each place: what it may ask for and what it costs
// depend on the place. A cycle is refused by its names, a bomb by the count of schemas (attack 132).
const followReference = (record: SchemaRecord, place: SchemaPlace): Schema => {
  allowKeywords(record, ['$ref']);
  const name = definitionName(record.get('$ref'));
  if (name === undefined) {
    record.refuse({
      on: '$ref',
      rule: 'reference-form',
      problem: 'expected a reference of the form `#/$defs/name`',
      mend: 'copy the schema into `$defs` of the outermost schema, and refer to it there',
    });
    return UNREAD;
  }
  const definition = place.definitions.follow(name);
  if (definition === undefined) {
    const problem = `no definition \`${name}\``;
    const mend = `add \`${name}\` to \`$defs\` of the outermost schema`;
    record.refuse({ on: '$ref', rule: 'reference-unknown', problem, mend });
    return UNREAD;
  }
  if (place.followed.includes(name)) {
    const problem = `\`${name}\` leads back to itself`;
    const mend = 'write out as many levels as are needed';
    record.refuse({ on: '$ref', rule: 'reference-cycle', problem, mend });
    return UNREAD;
  }
  const { path, value } = definition;
  // A parameter that asks for authority says so where it stands: behind a name it would be overlooked (attack 144).
  const followed = [...place.followed, name];
  return parseNode(value, { ...place, path, mayName: false, followed });
};

const refuseType = (record: SchemaRecord): Schema => {
  const type = record.get('type');
  record.refuse({
    on: 'type',
    rule: 'known-type',
    problem:
      'expected one of `object`, `array`, `string`, `integer`, `number`, `boolean`, or an enum',
    mend: mendOfType(type),
  });
  // What else stands there is worth a word too, but for what the missing type would explain.
  allowKeywords(record, TYPED_KEYWORDS);
  return UNREAD;
};

const mendOfType = (type: unknown): string => {
  if (type === 'null') return 'use `enum: [null]`, or leave the property out of `required`';
  if (Array.isArray(type)) return 'choose one type; split it into two properties or two steps';
  return 'write one `type`, an `enum`, a `const` or a `$ref`';
};

const TYPED_KEYWORDS = [
  'type',
  ...['properties', 'required', 'additionalProperties', 'items', 'minItems', 'maxItems'],
  ...['minLength', 'maxLength', 'pattern', 'x-capability', 'x-redact'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'],
];
