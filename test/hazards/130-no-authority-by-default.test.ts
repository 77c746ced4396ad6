import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { parseManifest } from '../../core/broker/catalog/parse-manifest.ts';
import { parseAgentPolicy } from '../../core/broker/policy/parse-agent-policy.ts';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';

// A capability that is missing gives nothing. One that is misspelled, empty, everything or a pattern is no
// capability at all: the document that states it is refused, and never read as if it had said more or less.

const manifest = (keywords: string): string => `id: sly
version: 0.1.0
title: t
description: d
license: MIT
authors: [a]
steps:
  summarize:
    description: d
    reversibility: read-only
    input:
      type: object
      additionalProperties: false
      properties:
        path: { type: string, maxLength: 4096${keywords} }
    output: { type: object, additionalProperties: false }
`;

const NO_CAPABILITY = [
  'storage.Read',
  'storage.reed',
  '"storage.read "',
  'storage',
  'storage.*',
  '"*"',
  '""',
  'null',
  '~',
  'true',
  '1',
  '[]',
  '[storage.read]',
  '{ storage: read }',
  '"^storage"',
  '/storage/',
  'storage.read,storage.create',
  'constructor',
  '__proto__',
];

test('a manifest whose capability is misspelled, empty, a wildcard or no name is refused', () => {
  for (const value of NO_CAPABILITY) {
    const text = manifest(`, x-capability: ${value}`);
    assert.throws(() => parseManifest(text, 'm'), { code: 'manifest' }, value);
  }
  for (const key of [
    'X-Capability',
    'x-capabilities',
    'x_capability',
    'capability',
    'xcapability',
  ]) {
    const text = manifest(`, ${key}: storage.read`);
    assert.throws(() => parseManifest(text, 'm'), { code: 'manifest' }, key);
  }
  assert.deepEqual(parseManifest(manifest(''), 'm').entries.get('summarize')?.annotations, []);
});

test('a policy whose scope or tools are missing, everything or a pattern is refused', () => {
  const policy = (readable: string, more = ''): string =>
    `version: 1\nworkspaces: { docs: /srv/docs }\nworkspace: { readable: ${readable}, writable: [] }\n${more}`;
  const parse = (text: string) => parseAgentPolicy(text, 'agent.yaml');
  assert.deepEqual(parse(policy('[]')).readable, []);
  for (const scope of [
    'null',
    'true',
    '"*"',
    '["*"]',
    '["**"]',
    '[""]',
    '["/srv/*/docs"]',
    '["^/srv"]',
    '["/srv/**/x"]',
    '["srv/docs/**"]',
    '[null]',
    '{ all: true }',
  ])
    assert.throws(() => parse(policy(scope)), { code: 'policy_file' }, scope);
  assert.throws(() => parse('version: 1\n'), { code: 'policy_file' });
  for (const tools of ['null', 'true', '"*"', '["*"]', '[".*"]', '[""]', '[null]', '{}'])
    assert.throws(
      () => parse(policy('[]', `allowed_tools: ${tools}\n`)),
      { code: 'policy_file' },
      tools,
    );
  assert.deepEqual(parse(policy('[]')).allowedTools, []);
});

const range = await openHazardRange({ after });

test('a step has the handle that its manifest asks for, and no other by any name', async () => {
  const result = await range.attack({ script: '130-no-authority-by-default' });
  assertContained(result);
  assert.ok(isJsonObject(result.got));
  assert.deepEqual(result.got['got'], ['path']);
});

test('a step whose manifest asks for nothing has nothing', async () => {
  range.broker.replace('summarize', (step) => ({ ...step, annotations: [] }));
  const result = await range.attack({ script: '130-no-authority-by-default' });
  assertContained(result);
  assert.ok(isJsonObject(result.got));
  assert.deepEqual(result.got['got'], []);
  assert.ok(result.records.every(({ event }) => event !== 'handle_call'));
});
