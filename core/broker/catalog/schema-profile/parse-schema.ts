import { CAPABILITIES, isCapability } from '../../../vocabulary/capability.ts';
import type { JsonPrimitive } from '../../../vocabulary/json.ts';
import type {
  ArraySchema,
  NumberSchema,
  ObjectSchema,
  Schema,
  StringSchema,
} from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import { isPropertyName, PROFILE_LIMITS } from './profile-limits.ts';
import {
  allowKeywords,
  OutsideProfile,
  type ProfileFault,
  readBound,
  readSize,
  refuseCrossed,
  type SchemaRecord,
  schemaRecord,
} from './schema-record.ts';

export type SchemaReading =
  | { readonly ok: true; readonly schema: ObjectSchema }
  | ({ readonly ok: false } & ProfileFault);

/** A step's parameters are the properties of the outermost schema. */
const PARAMETER_DEPTH = 2;

interface Place {
  readonly path: DocumentPath;
  readonly depth: number;
  /** Whether a string here may name a resource. */
  readonly mayName: boolean;
  readonly budget: { nodes: number };
}

/**
 * Reads a plugin's schema into the profile: closed objects, bounded sizes, a handful of keywords.
 * Only an input may request authority, on a parameter itself or on the items of an array parameter.
 */
export const parseSchema = (value: unknown, role: 'input' | 'output'): SchemaReading => {
  // A stranger wrote this schema. It is read and never compiled; any keyword that we do not check
  // refuses it, for a check that silently does nothing is a hole (attacks 132 to 137, 146).
  const place: Place = {
    path: [],
    depth: 1,
    mayName: false,
    budget: { nodes: PROFILE_LIMITS.nodes },
  };
  try {
    const record = schemaRecord(value, []);
    place.budget.nodes -= 1;
    if (record.get('type') !== 'object') throw new OutsideProfile([], 'expected `type: object`');
    return { ok: true, schema: parseObject(record, place, role === 'input') };
  } catch (error) {
    if (error instanceof OutsideProfile) return { ok: false, ...error.fault };
    throw error;
  }
};

const parseAny = (value: unknown, place: Place): Schema => {
  if (place.depth > PROFILE_LIMITS.depth) {
    throw new OutsideProfile(place.path, `nested deeper than ${PROFILE_LIMITS.depth}`);
  }
  place.budget.nodes -= 1;
  if (place.budget.nodes < 0) {
    throw new OutsideProfile(place.path, `more than ${PROFILE_LIMITS.nodes} schemas`);
  }
  const record = schemaRecord(value, place.path);
  if (record.keys.includes('enum')) return parseEnum(record);
  const type = record.get('type');
  switch (type) {
    case 'object':
      return parseObject(record, { ...place, mayName: false }, false);
    case 'array':
      return parseArray(record, place);
    case 'string':
      return parseString(record, place.mayName);
    case 'integer':
    case 'number':
      return parseNumber(record, type);
    case 'boolean':
      allowKeywords(record, ['type']);
      return { type };
    default:
      throw new OutsideProfile(
        [...place.path, 'type'],
        'expected one of `object`, `array`, `string`, `integer`, `number`, `boolean`, or an enum',
      );
  }
};

const parseObject = (record: SchemaRecord, place: Place, mayName: boolean): ObjectSchema => {
  allowKeywords(record, ['type', 'properties', 'required', 'additionalProperties']);
  if (record.get('additionalProperties') !== false) {
    const path = [...place.path, 'additionalProperties'];
    throw new OutsideProfile(path, 'expected `additionalProperties: false`');
  }
  const properties = new Map<string, Schema>();
  const stated = schemaRecord(record.get('properties') ?? {}, [...place.path, 'properties']);
  for (const name of stated.keys) {
    const path = [...stated.path, name];
    if (!isPropertyName(name)) throw new OutsideProfile(path, 'not a property name', 'key');
    const inner = { ...place, path, depth: place.depth + 1, mayName };
    properties.set(name, parseAny(stated.get(name), inner));
  }
  return {
    type: 'object',
    properties,
    required: parseRequired(record, properties),
    additionalProperties: false,
  };
};

const parseRequired = (
  record: SchemaRecord,
  properties: ReadonlyMap<string, Schema>,
): readonly string[] => {
  const path = [...record.path, 'required'];
  const value = record.get('required') ?? [];
  if (!Array.isArray(value)) throw new OutsideProfile(path, 'expected a list of names');
  const names = new Set<string>();
  for (const [index, name] of value.entries()) {
    if (typeof name !== 'string' || !properties.has(name) || names.has(name)) {
      throw new OutsideProfile([...path, index], 'expected a property of this object, once');
    }
    names.add(name);
  }
  return [...names];
};

const parseArray = (record: SchemaRecord, place: Place): ArraySchema => {
  allowKeywords(record, ['type', 'items', 'minItems', 'maxItems']);
  const items = parseAny(record.get('items'), {
    ...place,
    path: [...place.path, 'items'],
    depth: place.depth + 1,
    // The items of an array parameter may name resources; those of an array inside it may not.
    mayName: place.mayName && place.depth === PARAMETER_DEPTH,
  });
  const naming = 'type' in items && items.type === 'string' && items.capability !== null;
  const most = naming ? PROFILE_LIMITS.resourceItems : PROFILE_LIMITS.maxItems;
  const minItems = readSize(record, 'minItems', { most, absent: 0 });
  const maxItems = readSize(record, 'maxItems', { most, absent: 'required' });
  refuseCrossed(record, minItems, maxItems);
  return { type: 'array', items, minItems, maxItems };
};

const parseString = (record: SchemaRecord, mayName: boolean): StringSchema => {
  allowKeywords(record, ['type', 'minLength', 'maxLength', 'x-capability']);
  const capability = record.get('x-capability') ?? null;
  if (record.keys.includes('x-capability')) {
    const path = [...record.path, 'x-capability'];
    if (!mayName) throw new OutsideProfile(path, '`x-capability` not allowed here', 'key');
    if (!isCapability(capability)) {
      throw new OutsideProfile(path, `expected one of ${CAPABILITIES.join(', ')}`);
    }
  }
  const most = capability === null ? PROFILE_LIMITS.maxLength : PROFILE_LIMITS.resourceLength;
  const minLength = readSize(record, 'minLength', { most, absent: 0 });
  const maxLength = readSize(record, 'maxLength', { most, absent: 'required' });
  refuseCrossed(record, minLength, maxLength);
  return {
    type: 'string',
    minLength,
    maxLength,
    capability: isCapability(capability) ? capability : null,
    redact: false,
    pattern: null,
  };
};

const parseNumber = (record: SchemaRecord, type: 'integer' | 'number'): NumberSchema => {
  allowKeywords(record, ['type', 'minimum', 'maximum']);
  const minimum = readBound(record, 'minimum', Number.MIN_SAFE_INTEGER);
  const maximum = readBound(record, 'maximum', Number.MAX_SAFE_INTEGER);
  refuseCrossed(record, minimum, maximum);
  return { type, minimum, maximum };
};

const parseEnum = (record: SchemaRecord): { readonly enum: readonly JsonPrimitive[] } => {
  allowKeywords(record, ['enum']);
  const path = [...record.path, 'enum'];
  const value = record.get('enum');
  if (!Array.isArray(value) || value.length === 0 || value.length > PROFILE_LIMITS.enumMembers) {
    throw new OutsideProfile(path, `expected a list of 1 to ${PROFILE_LIMITS.enumMembers} values`);
  }
  const members = new Set<JsonPrimitive>();
  for (const [index, member] of value.entries()) {
    if (!isEnumMember(member) || members.has(member)) {
      throw new OutsideProfile([...path, index], 'expected a plain value, once');
    }
    members.add(member);
  }
  return { enum: [...members] };
};

const isEnumMember = (value: unknown): value is JsonPrimitive => {
  if (typeof value === 'string') return value.length <= PROFILE_LIMITS.enumLength;
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0);
  return typeof value === 'boolean' || value === null;
};
