import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkManifest } from '../../core/broker/catalog/manifest/check-manifest.ts';
import { maySentences } from '../../core/broker/catalog/manifest/may-sentences.ts';
import {
  CAPABILITIES,
  CAPABILITY_FACTS,
  type Capability,
} from '../../core/vocabulary/capability.ts';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import type { Manifest } from '../../core/vocabulary/manifest.ts';
import { refusedManifest } from '../harness/refused-manifest.ts';
import { closed, naming, sampleText } from '../harness/sample-manifest.ts';

// Attack 144: authority that is asked for where nobody looks, under another name, or as part of another one. What a
// person is shown is exactly the set that was parsed; what is anywhere else refuses the plugin.

const INPUT = '/tools/text.count/input';
const withInput = (input: JsonObject): string => sampleText({ entry: { input } });
const NAMING = naming('storage.read');

const HIDDEN: Readonly<Record<string, JsonObject>> = {
  'inside a parameter': closed({ a: closed({ b: NAMING }) }),
  'in an array of objects': closed({
    a: { type: 'array', maxItems: 2, items: closed({ b: NAMING }) },
  }),
  'in an array of arrays': closed({
    a: { type: 'array', maxItems: 2, items: { type: 'array', maxItems: 2, items: NAMING } },
  }),
  'on an array itself': closed({
    a: {
      type: 'array',
      maxItems: 2,
      'x-capability': 'storage.read',
      items: { type: 'string', maxLength: 9 },
    },
  }),
  'on the input itself': { ...closed({}), 'x-capability': 'storage.read' },
  'as a list': closed({ a: { ...NAMING, 'x-capability': ['storage.read', 'storage.delete'] } }),
  'as a wildcard': closed({ a: { ...NAMING, 'x-capability': 'storage.*' } }),
  'in another case': closed({ a: { ...NAMING, 'x-capability': 'Storage.Read' } }),
  'under another keyword': closed({
    a: { type: 'string', maxLength: 9, capability: 'storage.read' },
  }),
  'behind a condition': { ...closed({}), if: closed({ a: NAMING }) },
  'in an alternative': { ...closed({}), anyOf: [closed({ a: NAMING })] },
};

for (const [name, input] of Object.entries(HIDDEN)) {
  test(`a capability ${name} refuses the plugin`, () => {
    const check = checkManifest(withInput(input), 'm');
    assert.ok(!check.ok);
    assert.ok(check.findings.every(({ pointer }) => pointer.startsWith(INPUT)));
  });
}

test('a capability on an output refuses the plugin', () => {
  const check = checkManifest(sampleText({ entry: { output: closed({ a: NAMING }) } }), 'm');
  assert.ok(!check.ok && check.findings[0]?.pointer.startsWith('/tools/text.count/output'));
});

test('a request under another name, at another place or with a pattern is refused', () => {
  const requests = (value: JsonObject, pointer: string, rule: string): void => {
    refusedManifest(sampleText({ top: { requests: value } }), { pointer, rule });
  };
  requests({ storage: ['/'] }, '/requests/storage', 'unknown-field');
  requests({ tool: ['a.b'] }, '/requests/tool', 'unknown-field');
  requests({ tools: ['*'] }, '/requests/tools/0', 'malformed');
  requests({ tools: ['a.*'] }, '/requests/tools/0', 'malformed');
  requests({ egress: [{ host: '*', methods: ['GET'] }] }, '/requests/egress/0/host', 'malformed');
  requests(
    { egress: [{ host: 'a.org', methods: ['*'] }] },
    '/requests/egress/0/methods/0',
    'not-in-list',
  );
  requests({ inference: 'yes' }, '/requests/inference', 'not-in-list');
  for (const key of ['capabilities', 'permissions', 'x-capability']) {
    refusedManifest(sampleText({ top: { [key]: ['storage.read'] } }), {
      pointer: `/${key}`,
      rule: 'unknown-field',
    });
    refusedManifest(sampleText({ entry: { [key]: ['storage.read'] } }), {
      pointer: `/tools/text.count/${key}`,
      rule: 'unknown-field',
    });
  }
});

const TOP = {
  requests: { tools: ['a.b'], egress: [{ host: 'a.org', methods: ['GET'] }] },
} as const;

/** A manifest whose parameters hold just these capabilities, beside the two that its requests need. */
const holding = (capabilities: readonly Capability[]): Manifest => {
  const all = [...new Set([...capabilities, 'tool.invoke', 'airlock.fetch'] as const)];
  const properties = Object.fromEntries(all.map((name, at) => [`p${at}`, naming(name)]));
  const entry = { reversibility: 'irreversible', input: closed(properties) };
  const check = checkManifest(sampleText({ top: TOP, entry }), 'm');
  return check.ok ? check.manifest : assert.fail(JSON.stringify(check.findings));
};

test('what a person is shown is exactly what was parsed: one sentence for each handle', () => {
  for (const capability of CAPABILITIES) {
    const { entries, requests } = holding([capability]);
    const entry = entries.get('text.count');
    assert.ok(entry !== undefined);
    const sentences = maySentences(entry, requests);
    assert.equal(sentences.length, entry.annotations.length);
    for (const [at, { parameter, capability: held }] of entry.annotations.entries()) {
      const { names } = CAPABILITY_FACTS[held];
      const noun = names === 'url' ? 'address' : names;
      assert.ok(sentences[at]?.includes(`the ${noun} that \`${parameter}\` names`), held);
    }
  }
});
