import type { CaseFiles, PluginCase } from '../../core/cli/kit/run-cases.ts';

/** One manifest with more than it needs, and the manifest that it must become. */
export interface Plant {
  readonly what: string;
  readonly planted: string;
  readonly least: string;
  readonly cases: readonly PluginCase[];
}

interface Parts {
  readonly requests?: string;
  /** Of the parameter `extra` of the reading tool, behind its length. */
  readonly extra?: string;
  /** Of the items of the parameter `many`. */
  readonly many?: string;
  readonly reading?: {
    readonly reversibility?: string;
    readonly profile?: string;
    readonly limits?: string;
  };
  readonly writing?: {
    readonly reversibility?: string;
    readonly profile?: string;
    readonly limits?: string;
  };
}

const manifest = ({
  requests = '',
  extra = '',
  many = '',
  reading = {},
  writing = {},
}: Parts): string => `id: shrinking
version: 1.0.0
title: Shrinking
description: Uses what it must and no more.
license: Apache-2.0
authors: [The test]
${requests}tools:
  shrink.read:
    description: Reads a file and the names beside it.
    reversibility: ${reading.reversibility ?? 'read-only'}
    profile: ${reading.profile ?? 'vetting'}
${reading.limits ?? ''}    input:
      type: object
      additionalProperties: false
      required: [path, folder]
      properties:
        path: { type: string, maxLength: 200, x-capability: storage.read }
        folder: { type: string, maxLength: 200, x-capability: storage.list }
        extra: { type: string, maxLength: 200${extra} }
        many: { type: array, maxItems: 3, items: { type: string, maxLength: 200${many} } }
    output:
      type: object
      additionalProperties: false
      required: [text, names]
      properties:
        text: { type: string, maxLength: 1000 }
        names: { type: integer, minimum: 0 }
  shrink.replace:
    description: Replaces a file.
    reversibility: ${writing.reversibility ?? 'reversible'}
    profile: ${writing.profile ?? 'vetting'}
${writing.limits ?? ''}    input:
      type: object
      additionalProperties: false
      required: [path, content]
      properties:
        path: { type: string, maxLength: 200, x-capability: storage.replace }
        content: { type: string, maxLength: 1000 }
    output:
      type: object
      additionalProperties: false
      required: [size]
      properties:
        size: { type: integer, minimum: 0 }
`;

export const SOURCE = `
const tools = {
  'shrink.read': async (input, { path, folder }) => {
    const { content } = await path.read({ encoding: 'text' });
    const { entries } = await folder.list({});
    return { text: content, names: entries.length };
  },
  'shrink.replace': async ({ content }, { path }) => ({ size: (await path.write({ content })).size }),
};`;

const FILES: CaseFiles = { 'docs/a.md': 'one', 'docs/b.md': 'two' };

const cases = (input: PluginCase['input'] = {}): readonly PluginCase[] => [
  {
    name: 'reads',
    run: 'shrink.read',
    input: { path: 'docs/a.md', folder: 'docs', ...input },
    files: FILES,
    expect: { output: { text: 'one', names: 2 } },
  },
  {
    name: 'replaces',
    run: 'shrink.replace',
    input: { path: 'docs/a.md', content: 'new' },
    files: FILES,
    expect: { output: { size: 3 }, writes: { 'docs/a.md': 'new' } },
  },
];

const plant = (
  what: string,
  more: Parts,
  input: PluginCase['input'] = {},
  least: Parts = {},
): Plant => ({
  what,
  planted: manifest(more),
  least: manifest(least),
  cases: cases(input),
});

const asks = (capability: string): string => `, x-capability: ${capability}`;
const limits = (text: string): string => `    limits: { ${text} }\n`;
const REVERSIBLE = { reading: { reversibility: 'reversible' } };
const FETCHES = {
  extra: asks('airlock.fetch'),
  requests: 'requests: { egress: [{ host: example.org, methods: [GET] }] }\n',
  reading: { reversibility: 'irreversible' },
};
const INVOKES = { extra: asks('tool.invoke'), requests: 'requests: { tools: [text.diff] }\n' };

/** Thirty kinds of more than is needed: each capability, the requests, the limits, the profile, the reversibility. */
export const PLANTS: readonly Plant[] = [
  plant('a file to read, given', { extra: asks('storage.read') }, { extra: 'docs/b.md' }),
  plant('a file to read, never given', { extra: asks('storage.read') }),
  plant(
    'files to read, given',
    { many: asks('storage.read') },
    { many: ['docs/b.md', 'docs/a.md'] },
  ),
  plant('files to read, never given', { many: asks('storage.read') }),
  plant('a folder to list, given', { extra: asks('storage.list') }, { extra: 'docs' }),
  plant('a folder to list, never given', { extra: asks('storage.list') }),
  plant('folders to list', { many: asks('storage.list') }, { many: ['docs'] }),
  plant('a folder to search, given', { extra: asks('storage.search') }, { extra: 'docs' }),
  plant('a folder to search, never given', { extra: asks('storage.search') }),
  plant('folders to search', { many: asks('storage.search') }, { many: ['docs'] }),
  plant(
    'a file to create, given',
    { extra: asks('storage.create'), ...REVERSIBLE },
    { extra: 'docs/c.md' },
  ),
  plant('a file to create, never given', { extra: asks('storage.create'), ...REVERSIBLE }),
  plant(
    'files to create',
    { many: asks('storage.create'), ...REVERSIBLE },
    { many: ['docs/c.md'] },
  ),
  plant(
    'a file to replace, given',
    { extra: asks('storage.replace'), ...REVERSIBLE },
    { extra: 'docs/b.md' },
  ),
  plant('files to replace', { many: asks('storage.replace'), ...REVERSIBLE }),
  plant('a folder to create in', { extra: asks('storage.create_under'), ...REVERSIBLE }),
  plant('files to delete', { many: asks('storage.delete'), ...REVERSIBLE }),
  plant('an address to fetch', FETCHES),
  plant('a tool to invoke', INVOKES),
  plant('the model', { requests: 'requests: { inference: true }\n' }),
  plant(
    'processor time',
    { reading: { limits: limits('cpu_ms: 900') } },
    {},
    { reading: { limits: limits('cpu_ms: 100') } },
  ),
  plant(
    'wall time',
    { reading: { limits: limits('wall_ms: 4900') } },
    {},
    { reading: { limits: limits('wall_ms: 2000') } },
  ),
  plant(
    'a large result',
    { writing: { limits: limits('result_bytes: 60000') } },
    {},
    { writing: { limits: limits('result_bytes: 1000') } },
  ),
  plant(
    'many calls',
    { reading: { limits: limits('calls_total: 90') } },
    {},
    { reading: { limits: limits('calls_total: 5') } },
  ),
  plant('the profile `standard` for a reader', { reading: { profile: 'standard' } }),
  plant('the profile `strict` for a reader', { reading: { profile: 'strict' } }),
  plant('the profile `standard` for a writer', { writing: { profile: 'standard' } }),
  plant('`reversible` for a reader', REVERSIBLE),
  plant('`irreversible` for a reader', { reading: { reversibility: 'irreversible' } }),
  plant('`externally-reversible` for a writer', {
    writing: { reversibility: 'externally-reversible' },
  }),
];
