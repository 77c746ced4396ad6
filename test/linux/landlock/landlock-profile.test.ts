import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  landlockRules,
  parseLandlockProfile,
} from '../../../core/linux/landlock/landlock-profile.ts';
import { missingRights } from '../../../core/linux/landlock/rights.ts';
import { PACKAGE_ROOT } from '../../../core/vocabulary/package-root.ts';
import { makeValidator } from '../../../core/vocabulary/parse/ajv.ts';
import schema from '../../../schemas/landlock-profile.schema.json' with { type: 'json' };

const check = makeValidator(schema);
const shipped = (name: string): object =>
  JSON.parse(readFileSync(join(PACKAGE_ROOT, 'sandbox-profiles/landlock', `${name}.json`), 'utf8'));
const NOTHING = { fs: [], connect_tcp: [], bind_tcp: [], scoped: [], covered_by: {} };
const withRule = (rule: object) => ({
  ...NOTHING,
  fs: [{ paths: ['/a'], rights: ['read_file'], ...rule }],
});

test('parser and schema take every shipped profile', () => {
  for (const name of ['cell', 'spawner', 'broker']) {
    assert.ok(check(shipped(name)).ok, name);
    parseLandlockProfile(shipped(name));
  }
});

test('parser and schema take the same documents and refuse the same', () => {
  const good: readonly unknown[] = [
    NOTHING,
    withRule({}),
    withRule({ required: true }),
    withRule({ rights: [] }),
    withRule({ paths: ['@program', '/a/b.c/.d/..e/...', '/f'] }),
    { ...NOTHING, connect_tcp: '@peers', bind_tcp: [1, 65_535] },
    { ...NOTHING, covered_by: { refer: ['rename', 'renameat2'], signal: ['kill'] } },
  ];
  const bad: readonly unknown[] = [
    null,
    [],
    'cell',
    { ...NOTHING, seccomp: [] },
    { ...NOTHING, fs: {} },
    ...Object.keys(NOTHING).map((key) => ({ ...NOTHING, [key]: undefined })),
    ...Object.keys(NOTHING).map((key) => ({ ...NOTHING, [key]: null })),
    withRule({ allow: true }),
    withRule({ required: 'yes' }),
    withRule({ paths: [] }),
    withRule({ paths: '/a' }),
    withRule({ rights: ['chmod'] }),
    withRule({ rights: ['read_file', 'read_file'] }),
    withRule({ rights: ['bind_tcp'] }),
    ...[
      'a',
      '',
      '/',
      '/a/',
      '//a',
      '/a//b',
      '/a/../b',
      '/..',
      '/./a',
      '/a\0',
      '@',
      '@A',
      '@a/b',
      '@__proto__',
    ].map((path) => withRule({ paths: [path] })),
    ...['peers', '@', '@Peers', 443].map((ports) => ({ ...NOTHING, connect_tcp: ports })),
    ...[0, 65_536, 1.5, '1'].map((port) => ({ ...NOTHING, bind_tcp: [port] })),
    { ...NOTHING, bind_tcp: [1, 1] },
    { ...NOTHING, scoped: ['signals'] },
    { ...NOTHING, scoped: ['signal', 'signal'] },
    { ...NOTHING, covered_by: { chmod: ['chmod'] } },
    { ...NOTHING, covered_by: { refer: [] } },
    { ...NOTHING, covered_by: { refer: 'rename' } },
    { ...NOTHING, covered_by: { refer: ['Rename!'] } },
  ];
  for (const value of good) {
    assert.ok(check(value).ok, JSON.stringify(value));
    parseLandlockProfile(value);
  }
  for (const value of bad) {
    const text = JSON.stringify(value);
    const json: unknown = JSON.parse(text);
    assert.ok(!check(json).ok, text);
    assert.throws(() => parseLandlockProfile(json), { code: 'configuration' }, text);
  }
});

test('in a cell, whatever a kernel may lack is covered by calls that seccomp refuses', () => {
  const { coveredBy } = parseLandlockProfile(shipped('cell'));
  assert.deepEqual([...coveredBy.keys()].toSorted(), [...missingRights(1)].toSorted());
});

test('placeholders become what they stand for, and an unknown one is an error', () => {
  const profile = parseLandlockProfile({
    ...NOTHING,
    fs: [
      { paths: ['@some', '/x', '@none'], rights: ['read_file'], required: true },
      { paths: ['/y'], rights: ['write_file'] },
    ],
    connect_tcp: '@peers',
    bind_tcp: [80],
    scoped: ['signal'],
  });
  const places = new Map([
    ['@some', ['/a', '/b']],
    ['@none', []],
  ]);
  const ports = new Map([['@peers', [1, 2]]]);
  const first = { rights: ['read_file'], required: true };
  assert.deepEqual(landlockRules(profile, places, ports), {
    fs: [
      { path: '/a', ...first },
      { path: '/b', ...first },
      { path: '/x', ...first },
      { path: '/y', rights: ['write_file'], required: false },
    ],
    connectPorts: [1, 2],
    bindPorts: [80],
    scoped: ['signal'],
  });
  for (const [known, listed] of [
    [new Map([['@some', []]]), ports],
    [places, new Map()],
  ] as const)
    assert.throws(() => landlockRules(profile, known, listed), { code: 'configuration' });
});
