import type { ProfileRule } from '../../../core/broker/catalog/schema-profile/profile-rules.ts';
import type { JsonObject } from '../../../core/vocabulary/json.ts';
import { refusedManifest } from '../../harness/refused-manifest.ts';
import { closed, naming, sampleText } from '../../harness/sample-manifest.ts';
import type { AttackRow } from './attack-row.ts';

/** A manifest that is refused at one pointer, by one rule, with a mend. */
const manifest = (
  attack: number,
  what: string,
  text: string,
  [pointer, rule]: readonly [pointer: string, rule: string],
): AttackRow => ({ attack, what, prove: () => void refusedManifest(text, { pointer, rule }) });

const INPUT = '/tools/text.count/input';

/** A manifest whose input schema is outside the profile, at one pointer from that schema and by one rule. */
const schema = (
  attack: number,
  what: string,
  input: JsonObject,
  [at, rule]: readonly [at: string, rule: ProfileRule],
): AttackRow => manifest(attack, what, sampleText({ entry: { input } }), [`${INPUT}${at}`, rule]);

const nested = (depth: number): JsonObject =>
  depth === 0 ? { type: 'boolean' } : closed({ a: nested(depth - 1) });

const A: JsonObject = { $ref: '#/$defs/a' };

/** Attacks on what a manifest says, each refused at one pointer, by one rule, with a mend. */
export const MANIFEST_ROWS: readonly AttackRow[] = [
  schema(132, 'a cycle of references', { ...closed({ a: A }), $defs: { a: A } }, [
    '/$defs/a/$ref',
    'reference-cycle',
  ]),
  schema(132, 'a dynamic reference', closed({ a: { $dynamicRef: '#a' } }), [
    '/properties/a/$dynamicRef',
    'no-dynamic-reference',
  ]),
  schema(133, 'a reference to elsewhere', closed({ a: { $ref: 'https://example.org/a' } }), [
    '/properties/a/$ref',
    'reference-form',
  ]),
  schema(133, 'a new base', { ...closed({}), $id: 'https://example.org/' }, [
    '/$id',
    'no-identifiers',
  ]),
  schema(
    134,
    'a pattern that explodes',
    closed({ a: { type: 'string', maxLength: 9, pattern: '(a{1000}){1000}' } }),
    ['/properties/a/pattern', 'pattern-program'],
  ),
  schema(134, 'a pattern of names', { ...closed({}), patternProperties: { '(a+)+$': {} } }, [
    '/patternProperties',
    'no-open-names',
  ]),
  schema(135, 'an open object', { type: 'object', properties: {} }, [
    '/additionalProperties',
    'closed-object',
  ]),
  schema(135, 'an alternative that is everything', { ...closed({}), anyOf: [{}] }, [
    '/anyOf',
    'no-alternatives',
  ]),
  schema(135, 'a condition', { ...closed({}), if: {}, else: {} }, ['/if', 'no-alternatives']),
  schema(136, 'a name of the language', closed({ constructor: { type: 'boolean' } }), [
    '/properties/constructor',
    'property-name',
  ]),
  schema(136, 'a default', closed({ a: { type: 'boolean', default: true } }), [
    '/properties/a/default',
    'no-default',
  ]),
  schema(137, 'a depth of thirteen', nested(12), [`/properties/a`.repeat(8), 'too-deep']),
  schema(
    137,
    'an enum of a thousand',
    closed({ a: { enum: Array.from({ length: 1000 }, (_, at) => at) } }),
    ['/properties/a/enum', 'enum-list'],
  ),
  manifest(138, 'a terminal escape', sampleText({ top: { description: 'A\u001b[2Jb' } }), [
    '/description',
    'malformed',
  ]),
  manifest(138, 'text that runs backwards', sampleText({ top: { title: '\u202eelif' } }), [
    '/title',
    'malformed',
  ]),
  manifest(139, 'an alias bomb', 'a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n', ['', 'document']),
  manifest(139, 'a merge key', '<<: {}\n', ['', 'document']),
  manifest(140, 'a tag', 'id: !!js/function "x"\n', ['', 'document']),
  manifest(140, 'a second document', 'id: a\n---\nid: b\n', ['', 'document']),
  manifest(140, 'a word for true', 'id: yes\n', ['', 'document']),
  manifest(141, 'a key that stands twice', '{"id":"a","id":"b"}', ['', 'document']),
  manifest(141, 'a comma at the end', '{"id":"a",}', ['', 'document']),
  manifest(142, 'an id that climbs', sampleText({ top: { id: '../evil' } }), ['/id', 'malformed']),
  manifest(142, 'an id that looks like another', sampleText({ top: { id: 's\u0430mple' } }), [
    '/id',
    'malformed',
  ]),
  manifest(142, 'a device', sampleText({ top: { id: 'con' } }), ['/id', 'reserved-name']),
  manifest(142, 'a version without order', sampleText({ top: { version: '1.0.0-rc.1' } }), [
    '/version',
    'malformed',
  ]),
  schema(
    144,
    'a capability inside a parameter',
    closed({ a: closed({ b: naming('storage.read') }) }),
    ['/properties/a/properties/b/x-capability', 'capability-place'],
  ),
  manifest(144, 'a request of another name', sampleText({ top: { requests: { files: ['/'] } } }), [
    '/requests/files',
    'unknown-field',
  ]),
  manifest(146, 'an unknown field', sampleText({ top: { trusted: true } }), [
    '/trusted',
    'unknown-field',
  ]),
  manifest(146, 'a format of the future', sampleText({ top: { manifestVersion: 2 } }), [
    '/manifestVersion',
    'unknown-field',
  ]),
  manifest(
    147,
    'a request that nothing uses',
    sampleText({ top: { requests: { tools: ['a.b'] } } }),
    ['/requests/tools', 'request-unused'],
  ),
  manifest(
    147,
    'an example that does not fit',
    sampleText({ entry: { examples: [{ title: 'One', input: {} }] } }),
    ['/tools/text.count/examples/0/input', 'example-misfit'],
  ),
];
