import { annotationsOf } from '../../core/broker/catalog/schema-profile/annotations.ts';
import type { Capability } from '../../core/vocabulary/capability.ts';
import { sha256 } from '../../core/vocabulary/digest.ts';
import { parsePluginId } from '../../core/vocabulary/ids.ts';
import type {
  InstalledStep,
  ObjectSchema,
  Schema,
  StringSchema,
} from '../../core/vocabulary/manifest.ts';

/** An installed tool with these parameters, for tests that run nothing. */
export const sampleTool = (
  entry: string,
  properties: Readonly<Record<string, Schema>>,
  required: readonly string[] = [],
): InstalledStep => {
  const input: ObjectSchema = {
    type: 'object',
    properties: new Map(Object.entries(properties)),
    required,
    additionalProperties: false,
  };
  const plugin = parsePluginId('sample');
  if (plugin === undefined) throw new Error('not an id');
  return {
    plugin,
    version: '1.0.0',
    kind: 'tool',
    entry,
    pluginDigest: sha256(entry),
    action: 'tool_invoke',
    reversibility: 'read-only',
    limits: {},
    requests: { inference: false, tools: [], egress: [] },
    profile: 'standard',
    idempotent: true,
    input,
    output: { ...input, properties: new Map(), required: [] },
    annotations: annotationsOf(input),
    source: '',
  };
};

const text = (maxLength: number, more: Partial<StringSchema> = {}): StringSchema => ({
  type: 'string',
  minLength: 0,
  maxLength,
  capability: null,
  redact: false,
  pattern: null,
  ...more,
});
const file = (capability: Capability): StringSchema => text(4_096, { capability });

/** Tools of every kind of parameter. */
export const SAMPLE_TOOLS: readonly InstalledStep[] = [
  sampleTool('filesystem.list', { path: file('storage.list') }, ['path']),
  sampleTool(
    'filesystem.write',
    { path: file('storage.create'), content: text(1_048_576, { redact: true }) },
    ['path', 'content'],
  ),
  sampleTool(
    'hash.verify',
    {
      path: file('storage.read'),
      algorithm: { enum: ['sha256', 'sha512'] },
      expected: text(128, {
        pattern: { source: '^[0-9a-f]+$', matches: (value) => /^[0-9a-f]+$/.test(value) },
      }),
      times: { type: 'integer', minimum: 0, maximum: 9 },
      quick: { type: 'boolean' },
      tags: { type: 'array', items: text(8), minItems: 0, maxItems: 4 },
    },
    ['path', 'expected'],
  ),
  sampleTool('text.diff', { before: file('storage.read'), after: file('storage.read') }, [
    'before',
    'after',
  ]),
];
