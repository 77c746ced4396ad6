import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkManifest } from '../../../../core/broker/catalog/manifest/check-manifest.ts';
import { manifestDifference } from '../../../../core/broker/catalog/manifest/difference.ts';
import type { JsonObject } from '../../../../core/vocabulary/json.ts';
import type { Manifest } from '../../../../core/vocabulary/manifest.ts';
import { closed, naming, sampleText } from '../../../harness/sample-manifest.ts';

const read = (edits: Parameters<typeof sampleText>[0]): Manifest => {
  const check = checkManifest(sampleText(edits), 'm');
  return check.ok ? check.manifest : assert.fail(JSON.stringify(check.findings));
};

/** Each change as `kind what pointer`, the tool's own pointer left out. */
const changes = (
  before: Parameters<typeof sampleText>[0],
  after: Parameters<typeof sampleText>[0],
): readonly string[] =>
  manifestDifference(read(before), read(after)).changes.map(
    ({ kind, what, pointer }) => `${kind} ${what} ${pointer.replace('/tools/text.count', '~')}`,
  );

test('a manifest does not differ from another spelling of itself', () => {
  const manifest = read({});
  const { limits: _, ...same } = { limits: {}, ...manifest };
  assert.deepEqual(manifestDifference(manifest, { ...same }).changes, []);
  assert.equal(manifestDifference(manifest, manifest).widens, false);
});

type Edits = Parameters<typeof sampleText>[0];
const input = (properties: JsonObject, ...required: readonly string[]): Edits => ({
  entry: { input: closed(properties, ...required) },
});
const one = (schema: JsonObject): Edits => input({ a: schema });
const text = { type: 'string', maxLength: 10 };
const fetching = (egress: readonly JsonObject[]): Edits => ({
  top: { requests: { egress } },
  entry: { reversibility: 'irreversible', input: closed({ url: naming('airlock.fetch') }) },
});
const calling = (...tools: readonly string[]): Edits => ({
  top: { requests: { tools } },
  entry: { input: closed({ tool: naming('tool.invoke') }) },
});

/** Two manifests, what the second changes of the first, and what the first changes of the second. */
const CASES: readonly (readonly [
  name: string,
  narrow: Edits,
  wide: Edits,
  widening: readonly string[],
  narrowing: readonly string[],
])[] = [
  [
    'a capability on a parameter',
    one({ type: 'string', maxLength: 4096 }),
    one(naming('storage.read')),
    ['widens capability ~/input/properties/a/x-capability'],
    ['narrows capability ~/input/properties/a/x-capability'],
  ],
  [
    'a parameter with a capability',
    input({}),
    one(naming('storage.read')),
    ['widens schema ~/input/properties/a', 'widens capability ~/input/properties/a/x-capability'],
    ['narrows schema ~/input/properties/a', 'narrows capability ~/input/properties/a/x-capability'],
  ],
  [
    'a host and a method',
    fetching([{ host: 'a.org', methods: ['GET'] }]),
    fetching([
      { host: 'a.org', methods: ['GET', 'POST'] },
      { host: 'b.org', methods: ['GET'] },
    ]),
    ['widens host /requests/egress', 'widens method /requests/egress/0/methods'],
    ['narrows host /requests/egress', 'narrows method /requests/egress/0/methods'],
  ],
  [
    'a requested tool',
    calling('a.b'),
    calling('a.b', 'c.d'),
    ['widens requested-tool /requests/tools'],
    ['narrows requested-tool /requests/tools'],
  ],
  [
    'the model',
    {},
    { top: { requests: { inference: true } } },
    ['widens inference /requests/inference'],
    ['narrows inference /requests/inference'],
  ],
  [
    'a limit',
    { entry: { limits: { cpu_ms: 100 } } },
    { entry: { limits: { cpu_ms: 101 } } },
    ['widens limit ~/limits/cpu_ms'],
    ['narrows limit ~/limits/cpu_ms'],
  ],
  [
    'a limit against none',
    { entry: { limits: { wall_ms: 100 } } },
    {},
    ['widens limit ~/limits/wall_ms'],
    ['narrows limit ~/limits/wall_ms'],
  ],
  [
    'a profile',
    { entry: { profile: 'strict' } },
    {},
    ['widens profile ~/profile'],
    ['narrows profile ~/profile'],
  ],
  [
    'idempotency',
    {},
    { entry: { idempotent: true } },
    ['widens idempotency ~/idempotent'],
    ['narrows idempotency ~/idempotent'],
  ],
  [
    'a hint',
    { entry: { hints: { openWorldHint: true } } },
    {},
    ['widens hint ~/hints/openWorldHint'],
    ['narrows hint ~/hints/openWorldHint'],
  ],
  [
    'an entry',
    {},
    {
      top: {
        tools: {
          'text.count': Object(JSON.parse(sampleText())).tools['text.count'],
          'a.b': Object(JSON.parse(sampleText())).tools['text.count'],
        },
      },
    },
    ['widens entry /tools/a.b', 'widens capability /tools/a.b/input/properties/path/x-capability'],
    ['narrows entry /tools/a.b'],
  ],
  [
    'a length',
    one(text),
    one({ ...text, maxLength: 11 }),
    ['widens schema ~/input/properties/a/maxLength'],
    ['narrows schema ~/input/properties/a/maxLength'],
  ],
  [
    'the bounds of a number',
    one({ type: 'integer', minimum: 1, maximum: 2 }),
    one({ type: 'integer', minimum: 0, maximum: 3 }),
    ['widens schema ~/input/properties/a/minimum', 'widens schema ~/input/properties/a/maximum'],
    ['narrows schema ~/input/properties/a/minimum', 'narrows schema ~/input/properties/a/maximum'],
  ],
  [
    'a fraction where an integer was',
    one({ type: 'integer', minimum: 0, maximum: 3 }),
    one({ type: 'number', minimum: 0, maximum: 3 }),
    ['widens schema ~/input/properties/a/type'],
    ['narrows schema ~/input/properties/a/type'],
  ],
  [
    'the length of an array, and what it holds',
    one({ type: 'array', maxItems: 2, items: text }),
    one({ type: 'array', maxItems: 3, items: { ...text, maxLength: 20 } }),
    [
      'widens schema ~/input/properties/a/items/maxLength',
      'widens schema ~/input/properties/a/maxItems',
    ],
    [
      'narrows schema ~/input/properties/a/items/maxLength',
      'narrows schema ~/input/properties/a/maxItems',
    ],
  ],
  [
    'a member of an enum',
    one({ enum: ['x'] }),
    one({ enum: ['x', 'y'] }),
    ['widens schema ~/input/properties/a'],
    ['narrows schema ~/input/properties/a'],
  ],
  [
    'an enum against the strings that it is of',
    one({ enum: ['x', 'y'] }),
    one(text),
    ['widens schema ~/input/properties/a'],
    ['narrows schema ~/input/properties/a'],
  ],
  [
    'a demanded parameter',
    input({ a: text }, 'a'),
    input({ a: text }),
    ['widens schema ~/input/required'],
    ['narrows schema ~/input/required'],
  ],
];

for (const [name, narrow, wide, widening, narrowing] of CASES) {
  test(`the difference of ${name} widens one way and narrows the other`, () => {
    assert.deepEqual(changes(narrow, wide), widening);
    assert.deepEqual(changes(wide, narrow), narrowing);
    assert.equal(manifestDifference(read(narrow), read(wide)).widens, true);
    assert.equal(manifestDifference(read(wide), read(narrow)).widens, false);
  });
}

/** What is a person's to read whichever way it goes. */
const BOTH: readonly (readonly [name: string, Edits, Edits, string])[] = [
  ['a title', {}, { top: { title: 'Other' } }, 'widens text /title'],
  ['a description', {}, { top: { description: 'Other.' } }, 'widens text /description'],
  ['an author', {}, { top: { authors: ['B'] } }, 'widens text /authors'],
  ['a licence', {}, { top: { license: 'Apache-2.0' } }, 'widens text /license'],
  ["an entry's description", {}, { entry: { description: 'O.' } }, 'widens text ~/description'],
  ['another plugin', {}, { top: { id: 'other' } }, 'widens id /id'],
  [
    'two kinds of schema',
    one(text),
    one({ type: 'boolean' }),
    'widens schema ~/input/properties/a',
  ],
];

for (const [name, a, b, change] of BOTH) {
  test(`the difference of ${name} widens both ways`, () => {
    assert.deepEqual(changes(a, b), [change]);
    assert.deepEqual(changes(b, a), [change]);
  });
}

test('a demanded name that is gone widens: nothing that fits now has fitted before', () => {
  assert.deepEqual(changes(input({ a: text }, 'a'), input({})), [
    'widens schema ~/input/properties/a',
  ]);
});

test('reversibility widens both ways: more is more harm, less is less care', () => {
  const more: Edits = { entry: { reversibility: 'irreversible' } };
  assert.ok(changes({}, more).includes('widens reversibility ~/reversibility'));
  assert.ok(changes(more, {}).includes('widens reversibility ~/reversibility'));
});

test('an example that is gone narrows, and one that is new widens', () => {
  const first = { title: 'One', input: { path: 'a' } };
  const some: Edits = { entry: { examples: [first] } };
  assert.deepEqual(changes({}, some), ['widens example ~/examples']);
  assert.deepEqual(changes(some, {}), ['narrows example ~/examples']);
});

test('a version alone changes, and neither widens nor narrows', () => {
  const later: Edits = { top: { version: '1.2.4' } };
  assert.deepEqual(changes({}, later), ['changes version /version']);
  assert.equal(manifestDifference(read({}), read(later)).widens, false);
});

test('the digest of a difference binds both manifests', () => {
  const digest = (a: Edits, b: Edits) => manifestDifference(read(a), read(b)).digest;
  const later: Edits = { top: { version: '1.2.4' } };
  const latest: Edits = { top: { version: '1.2.5' } };
  const all = [digest({}, later), digest(later, {}), digest({}, latest), digest(later, latest)];
  assert.equal(new Set(all).size, 4);
  assert.equal(digest({}, later), digest({}, later));
});
