import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type StepFacts, stepDigest } from '../../../core/broker/grant/step-digest.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import type { GrantId, StepId, TaskId } from '../../../core/vocabulary/ids.ts';
import { OUTPUTS, resourceAt } from '../policy/example-request.ts';

const FACTS: StepFacts = {
  taskId: '0123456789abcdef' as TaskId,
  stepId: '0123456789ab' as StepId,
  action: 'write_file',
  params: { path: 'outputs/a.md', content: 'hello' },
  resources: [resourceAt('storage.create', OUTPUTS, 'a.md')],
  replaces: [],
  pluginDigest: sha256('plugin'),
  policyDigest: sha256('policy'),
  tokenId: '0011223344556677' as GrantId,
};

test('stepDigest is one value for one step, however its parameters are ordered', () => {
  const params = { content: 'hello', path: 'outputs/a.md' };
  assert.equal(stepDigest({ ...FACTS, params }), stepDigest(FACTS));
  assert.match(stepDigest(FACTS), /^[0-9a-f]{64}$/);
});

test('stepDigest changes with every fact that a person agrees to', () => {
  const changes: readonly Partial<StepFacts>[] = [
    { taskId: 'fedcba9876543210' as TaskId },
    { stepId: 'ba9876543210' as StepId },
    { action: 'overwrite_file' },
    { params: { ...FACTS.params, content: 'hello.' } },
    { params: { path: 'outputs/a.md' } },
    { resources: [resourceAt('storage.create', OUTPUTS, 'b.md')] },
    { resources: [resourceAt('storage.replace', OUTPUTS, 'a.md')] },
    { resources: [] },
    { replaces: [null] },
    { replaces: ['1:2:3'] },
    { pluginDigest: sha256('other') },
    { policyDigest: sha256('other') },
    { tokenId: '7766554433221100' as GrantId },
  ];
  const digests = changes.map((change) => stepDigest({ ...FACTS, ...change }));
  assert.equal(new Set([stepDigest(FACTS), ...digests]).size, changes.length + 1);
});

test('stepDigest refuses a number that has no portable form', () => {
  const params = { path: 'outputs/a.md', size: 1e300 };
  assert.throws(() => stepDigest({ ...FACTS, params }), { code: 'input_invalid' });
});
