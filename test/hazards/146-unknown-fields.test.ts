import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkManifest } from '../../core/broker/catalog/manifest/check-manifest.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../core/vocabulary/json.ts';
import { refusedManifest } from '../harness/refused-manifest.ts';
import { closed, naming, sampleManifest } from '../harness/sample-manifest.ts';

// Attack 146: a field that a reader does not know, or a version of the format that does not exist yet, so that a
// check is left out. Whatever is not checked refuses the plugin, at every level.

const WHOLE = sampleManifest({
  top: {
    requests: {
      inference: true,
      tools: ['a.b'],
      egress: [{ host: 'a.org', methods: ['GET'] }],
    },
  },
  entry: {
    reversibility: 'irreversible',
    profile: 'strict',
    limits: { cpu_ms: 100 },
    hints: { openWorldHint: true },
    examples: [{ title: 'One', input: { url: 'https://a.org/', tool: 'a.b', list: [] } }],
    input: closed({
      url: naming('airlock.fetch'),
      tool: naming('tool.invoke'),
      list: { type: 'array', maxItems: 2, items: closed({ on: { type: 'boolean' } }) },
    }),
  },
});

/** Every copy of a value that has one more key in one of its objects, with the pointer of that key. */
const withExtra = (
  value: JsonValue,
  key: string,
  pointer = '',
): readonly (readonly [pointer: string, value: JsonValue])[] => {
  if (Array.isArray(value)) {
    return value.flatMap((item: JsonValue, at) =>
      withExtra(item, key, `${pointer}/${at}`).map(
        ([place, edited]) => [place, value.with(at, edited)] as const,
      ),
    );
  }
  if (!isJsonObject(value)) return [];
  const inner = Object.entries(value).flatMap(([name, item]) =>
    withExtra(item, key, `${pointer}/${name}`).map(
      ([place, edited]) => [place, { ...value, [name]: edited }] as const,
    ),
  );
  return [[`${pointer}/${key}`, { ...value, [key]: 1 }], ...inner];
};

test('the whole manifest is good as it is', () => {
  assert.ok(checkManifest(JSON.stringify(WHOLE), 'm').ok);
});

test('one more field anywhere in a manifest refuses it, at that field', () => {
  const places = withExtra(WHOLE, 'surprise');
  assert.ok(places.length >= 20, `${places.length} places`);
  for (const [pointer, value] of places) {
    const check = checkManifest(JSON.stringify(value), 'm');
    assert.ok(!check.ok, pointer);
    const at = check.findings.map((finding) => finding.pointer);
    // What may stand under `properties` and in an example is for the schema to say, and it says no too.
    const near = pointer.includes('/examples/') ? pointer.replace(/\/surprise$/, '') : pointer;
    assert.ok(
      at.some((found) => found.startsWith(near) || near.startsWith(found)),
      pointer,
    );
  }
});

const FUTURE: JsonObject = {
  $schema: 'https://example.org/manifest-2.json',
  apiVersion: 2,
  format: 2,
  manifestVersion: 2,
  manifest_version: 2,
  schemaVersion: '2.0',
  compatibility: 'lenient',
  unchecked: true,
};

test('a manifest of a format that does not exist yet is refused, and not read in part', () => {
  for (const [key, value] of Object.entries(FUTURE)) {
    refusedManifest(JSON.stringify({ ...WHOLE, [key]: value }), {
      pointer: `/${key}`,
      rule: 'unknown-field',
    });
  }
});

test('a known field of another case, with a blank or inherited from nobody is unknown', () => {
  for (const key of ['Requests', 'requests ', ' id', '__proto__', 'constructor', 'toString']) {
    const text = JSON.stringify(WHOLE).replace('{', `{${JSON.stringify(key)}:{},`);
    refusedManifest(text, { pointer: `/${key}`, rule: 'unknown-field' });
  }
});
