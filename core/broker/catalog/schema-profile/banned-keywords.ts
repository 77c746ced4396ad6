import type { ProfileRule } from './profile-rules.ts';

/** Why a keyword of JSON Schema is outside the profile, and what to write instead. */
export interface Banned {
  readonly rule: ProfileRule;
  readonly mend: string;
}

const family = (
  rule: ProfileRule,
  mend: string,
  keywords: readonly string[],
): readonly (readonly [string, Banned])[] => keywords.map((keyword) => [keyword, { rule, mend }]);

/** The keywords that authors know from elsewhere. Each is refused with the way to say it here. */
export const BANNED_KEYWORDS: ReadonlyMap<string, Banned> = new Map([
  ...family('no-alternatives', 'split it into two steps, or use `enum` for a choice of values', [
    'anyOf',
    'oneOf',
  ]),
  ...family('no-alternatives', 'write one schema that says all of it', ['allOf']),
  ...family('no-alternatives', 'say what is allowed: `enum`, `pattern`, bounds', ['not']),
  ...family('no-alternatives', 'split it into two steps, one for each case', [
    'if',
    'then',
    'else',
  ]),
  ...family('no-alternatives', 'leave it out, and leave the property out of `required`', [
    'nullable',
  ]),
  ...family('no-default', 'leave it out and let the step choose where the property is absent', [
    'default',
  ]),
  ...family('no-examples', "move it to the entry's `examples` in the manifest", [
    'examples',
    'example',
  ]),
  ...family('no-format', 'use `pattern`, or `x-capability: airlock.fetch` for a URL', ['format']),
  ...family('no-format', 'describe the encoding in `description` and check it in the step', [
    'contentEncoding',
    'contentMediaType',
    'contentSchema',
  ]),
  ...family('no-open-names', 'name each property, or use an array of objects with a name each', [
    'patternProperties',
    'propertyNames',
  ]),
  ...family('no-open-names', 'use `additionalProperties: false`', ['unevaluatedProperties']),
  ...family('no-open-names', 'list what must be there in `required`', [
    'minProperties',
    'maxProperties',
  ]),
  ...family('no-tuples', 'use an object with a property for each place', [
    'prefixItems',
    'additionalItems',
    'unevaluatedItems',
  ]),
  ...family('no-tuples', 'give all items one schema and check the rest in the step', [
    'contains',
    'minContains',
    'maxContains',
  ]),
  ...family('no-dependent', 'put what belongs together into one object, and require all of it', [
    'dependentRequired',
    'dependentSchemas',
    'dependencies',
  ]),
  ...family('no-multiple-of', 'use `type: integer` in a smaller unit', ['multipleOf']),
  ...family('no-unique-items', 'leave it out and refuse what stands twice in the step', [
    'uniqueItems',
  ]),
  ...family('no-identifiers', 'leave it out; refer to a definition as `#/$defs/name`', [
    '$schema',
    '$id',
    'id',
    '$anchor',
    '$vocabulary',
  ]),
  ...family('no-dynamic-reference', 'use `$ref: "#/$defs/name"`', [
    '$dynamicRef',
    '$dynamicAnchor',
    '$recursiveRef',
    '$recursiveAnchor',
  ]),
  ...family('keyword-place', 'use `$defs` of the outermost schema', ['definitions']),
  ...family('no-annotations', 'say it in `description`', ['deprecated', 'readOnly', 'writeOnly']),
]);
