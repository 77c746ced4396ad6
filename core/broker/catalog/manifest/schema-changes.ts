import type {
  ArraySchema,
  ObjectSchema,
  Schema,
  StringSchema,
} from '../../../vocabulary/manifest.ts';
import { checkValue } from '../schema-profile/check-value.ts';
import { nodeToJson } from '../schema-profile/schema-to-json.ts';
import { type ChangeKind, changeOf, type ManifestChange } from './change.ts';

type Changes = readonly ManifestChange[];

/**
 * Every difference between two schemas at the smallest place that has it. A change narrows only where it is
 * proved that whatever fits now has fitted before; all others widen.
 */
export const schemaChanges = (before: Schema, after: Schema, pointer: string): Changes => {
  if ('enum' in before || 'enum' in after) return otherwise(before, after, pointer);
  if (before.type === 'object' && after.type === 'object') {
    return objectChanges(before, after, pointer);
  }
  if (before.type === 'array' && after.type === 'array')
    return arrayChanges(before, after, pointer);
  if (before.type === 'string' && after.type === 'string') {
    return stringChanges(before, after, pointer);
  }
  if ('minimum' in before && 'minimum' in after) {
    const fewer = before.type === after.type || before.type === 'number';
    return [
      ...changeOf(`${pointer}/type`, 'schema', [before.type, after.type], kindOf(fewer)),
      ...lower(pointer, 'minimum', before.minimum, after.minimum),
      ...upper(pointer, 'maximum', before.maximum, after.maximum),
    ];
  }
  return otherwise(before, after, pointer);
};

const objectChanges = (before: ObjectSchema, after: ObjectSchema, pointer: string): Changes => {
  const names = new Set([...before.properties.keys(), ...after.properties.keys()]);
  const properties = [...names].flatMap((name): Changes => {
    const place = `${pointer}/properties/${name}`;
    const was = before.properties.get(name);
    const is = after.properties.get(name);
    if (was === undefined) return is === undefined ? [] : appeared(is, place);
    if (is !== undefined) return schemaChanges(was, is, place);
    // Without a name that was demanded, all that fits now did not fit before.
    return vanished(was, place, before.required.includes(name) ? 'widens' : 'narrows');
  });
  const demanded = [...after.properties.keys()].flatMap((name): Changes => {
    if (!before.properties.has(name)) return [];
    const was = before.required.includes(name) ? name : null;
    const is = after.required.includes(name) ? name : null;
    return changeOf(`${pointer}/required`, 'schema', [was, is], kindOf(is !== null));
  });
  return [...properties, ...demanded];
};

const appeared = (schema: Schema, pointer: string): Changes => [
  ...changeOf(pointer, 'schema', [null, nodeToJson(schema)], 'widens'),
  ...capabilityChanges(null, schema, pointer),
];

const vanished = (schema: Schema, pointer: string, kind: ChangeKind): Changes => [
  ...changeOf(pointer, 'schema', [nodeToJson(schema), null], kind),
  ...capabilityChanges(schema, null, pointer),
];

/** Capabilities of a whole schema that came or went, each as a change of its own. */
const capabilityChanges = (
  before: Schema | null,
  after: Schema | null,
  pointer: string,
): Changes => [
  ...capabilitiesIn(after, pointer).flatMap(([place, name]) =>
    changeOf(place, 'capability', [null, name], 'widens'),
  ),
  ...capabilitiesIn(before, pointer).flatMap(([place, name]) =>
    changeOf(place, 'capability', [name, null], 'narrows'),
  ),
];

/** A parameter names resources itself or through its items: the profile allows no other place. */
const capabilitiesIn = (
  schema: Schema | null,
  pointer: string,
): readonly (readonly [place: string, capability: string])[] => {
  if (schema === null || !('type' in schema)) return [];
  if (schema.type === 'array') return capabilitiesIn(schema.items, `${pointer}/items`);
  if (schema.type !== 'string' || schema.capability === null) return [];
  return [[`${pointer}/x-capability`, schema.capability]];
};

const arrayChanges = (before: ArraySchema, after: ArraySchema, pointer: string): Changes => [
  ...schemaChanges(before.items, after.items, `${pointer}/items`),
  ...lower(pointer, 'minItems', before.minItems, after.minItems),
  ...upper(pointer, 'maxItems', before.maxItems, after.maxItems),
];

const stringChanges = (before: StringSchema, after: StringSchema, pointer: string): Changes => {
  const was = before.pattern?.source ?? null;
  const is = after.pattern?.source ?? null;
  const capability = after.capability === null ? 'narrows' : 'widens';
  return [
    ...changeOf(
      `${pointer}/x-capability`,
      'capability',
      [before.capability, after.capability],
      capability,
    ),
    ...lower(pointer, 'minLength', before.minLength, after.minLength),
    ...upper(pointer, 'maxLength', before.maxLength, after.maxLength),
    // Which of two patterns fits more is not decided here: only one where there was none is surely narrower.
    ...changeOf(`${pointer}/pattern`, 'schema', [was, is], kindOf(was === null)),
    ...changeOf(
      `${pointer}/x-redact`,
      'schema',
      [before.redact, after.redact],
      kindOf(after.redact),
    ),
  ];
};

/** Another kind of schema: narrower only where it is a list of values that all fitted before. */
const otherwise = (before: Schema, after: Schema, pointer: string): Changes => {
  const proved =
    'enum' in after && after.enum.every((value) => checkValue(holding(before), { value }).ok);
  const changes = changeOf(
    pointer,
    'schema',
    [nodeToJson(before), nodeToJson(after)],
    kindOf(proved),
  );
  return changes.length === 0 ? [] : [...changes, ...capabilityChanges(before, after, pointer)];
};

const holding = (schema: Schema): ObjectSchema => ({
  type: 'object',
  properties: new Map([['value', schema]]),
  required: ['value'],
  additionalProperties: false,
});

const kindOf = (narrows: boolean): ChangeKind => (narrows ? 'narrows' : 'widens');

const lower = (pointer: string, keyword: string, before: number, after: number): Changes =>
  changeOf(`${pointer}/${keyword}`, 'schema', [before, after], kindOf(after > before));

const upper = (pointer: string, keyword: string, before: number, after: number): Changes =>
  changeOf(`${pointer}/${keyword}`, 'schema', [before, after], kindOf(after < before));
