import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAPABILITIES, CAPABILITY_FACTS } from '../core/vocabulary/capability.ts';
import { isJsonObject, type JsonObject, ownValue } from '../core/vocabulary/json.ts';
import { PACKAGE_ROOT } from '../core/vocabulary/package-root.ts';
import schema from '../schemas/plugin-manifest.schema.json' with { type: 'json' };

/**
 * The reference of manifests and handles, made of the schema of manifests, the table of capabilities and the
 * types that an author writes against: it cannot say anything else than they do. `plugins/REFERENCE.md` is its
 * text, and a test holds the two together.
 */
export const manifestReference = (): string =>
  [
    '# Reference of manifests and handles',
    '',
    'Generated: change `schemas/plugin-manifest.schema.json`, `core/vocabulary/capability.ts` or',
    '`plugins/plugin-types.ts`, build, and run `node dist/plugins/reference.js > plugins/REFERENCE.md`.',
    '',
    'A manifest is `manifest.yaml` or `manifest.json`, at most 64 KiB, one plain document: no anchors, aliases, tags,',
    'merge keys, tabs or keys that stand twice. What is in braces is JSON to the letter. A field that is not listed',
    'here is refused.',
    '',
    '## Fields',
    ...SECTIONS.flatMap(([title, name]) => fieldTable(title, definition(name))),
    '',
    '## Handles',
    '',
    'A parameter of the input with `x-capability` names a resource, or an array of them, and becomes a handle.',
    'Nothing else reaches the world.',
    '',
    ...capabilityTable(),
    '',
    '```ts',
    handleTypes(),
    '```',
    '',
  ].join('\n');

const SECTIONS: readonly (readonly [title: string, definition: string])[] = [
  ['The manifest', ''],
  ['`requests`', 'requests'],
  ['An item of `requests.egress`', 'egress'],
  ['A step or tool', 'entry'],
  ['`limits`', 'limits'],
  ['`hints`', 'hints'],
  ['An item of `examples`', 'example'],
];

const objectAt = (object: JsonObject, key: string): JsonObject => {
  const value = ownValue(object, key);
  return value !== undefined && isJsonObject(value) ? value : {};
};

const textAt = (object: JsonObject, key: string): string => String(ownValue(object, key) ?? '');

const definition = (name: string): JsonObject =>
  name === '' ? schema : objectAt(objectAt(schema, '$defs'), name);

const resolved = (node: JsonObject): JsonObject => {
  const reference = textAt(node, '$ref');
  return reference === '' ? node : definition(reference.replace('#/$defs/', ''));
};

const fieldTable = (title: string, node: JsonObject): readonly string[] => {
  const required = ownValue(node, 'required');
  const demanded = Array.isArray(required) ? required : [];
  const rows = Object.entries(objectAt(node, 'properties')).map(([name, field]) => {
    const inner = isJsonObject(field) ? resolved(field) : {};
    const cells = [`\`${name}\``, demanded.includes(name) ? 'yes' : 'no', meaningOf(inner)];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '',
    `### ${title}`,
    '',
    textAt(node, 'description'),
    '',
    '| field | demanded | means |',
    '| --- | --- | --- |',
    ...rows,
  ];
};

const meaningOf = (node: JsonObject): string => {
  const members = ownValue(node, 'enum');
  const words = Array.isArray(members)
    ? ` One of ${members.map((member) => `\`${String(member)}\``).join(', ')}.`
    : '';
  const names = textAt(objectAt(node, 'propertyNames'), 'description');
  const named =
    names === '' ? textAt(resolved(objectAt(node, 'propertyNames')), 'description') : names;
  return [`${textAt(node, 'description')}${words}`, named].filter((text) => text !== '').join(' ');
};

const capabilityTable = (): readonly string[] => [
  '| `x-capability` | the parameter names a | handle has | makes the entry at least | governed by | served |',
  '| --- | --- | --- | --- | --- | --- |',
  ...CAPABILITIES.map((capability) => {
    const { names, methods, reversibility, governedBy, served } = CAPABILITY_FACTS[capability];
    const called = methods.map((method) => `\`${method}\``).join(', ');
    const cells = [
      `\`${capability}\``,
      names,
      called,
      `\`${reversibility}\``,
      `\`${governedBy}\``,
      served ? 'yes' : 'not yet: policy denies it',
    ];
    return `| ${cells.join(' | ')} |`;
  }),
];

/** The types that an author writes against, without the comment on top of their file. */
const handleTypes = (): string => {
  const text = readFileSync(join(PACKAGE_ROOT, 'plugins', 'plugin-types.ts'), 'utf8');
  return text.slice(text.indexOf('*/\n') + 3).trim();
};

if (import.meta.main) process.stdout.write(manifestReference());
