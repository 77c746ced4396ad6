import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installedSteps } from '../../../core/broker/catalog/installed-steps.ts';
import { checkManifest } from '../../../core/broker/catalog/manifest/check-manifest.ts';
import { sha256 } from '../../../core/vocabulary/digest.ts';
import type { InstalledStep } from '../../../core/vocabulary/manifest.ts';
import { closed, sampleText } from '../../harness/sample-manifest.ts';

const offering = (step: string): readonly InstalledStep[] => {
  const entry = {
    description: 'A step.',
    reversibility: 'read-only',
    input: closed({}),
    output: closed({}),
  };
  const check = checkManifest(sampleText({ top: { steps: { [step]: entry } } }), 'manifest.json');
  assert.ok(check.ok, JSON.stringify(check));
  return installedSteps(check.manifest, sha256('package'), '');
};

test('a step executes the action of its name, and a tool is called by `tool_invoke`', () => {
  assert.deepEqual(
    offering('classify').map(({ kind, entry, action }) => [kind, entry, action]),
    [
      ['step', 'classify', 'classify'],
      ['tool', 'text.count', 'tool_invoke'],
    ],
  );
});

for (const action of [
  'tool_invoke',
  'trust_change',
  'widen_scope',
  'enable_tool',
  'change_security',
]) {
  test(`no plugin executes \`${action}\`, whoever signed it: that is the agent's own`, () => {
    assert.throws(() => offering(action), { code: 'manifest', message: /is the agent's own$/ });
  });
}

test('a step that executes no action is refused', () => {
  assert.throws(() => offering('count_lines'), { code: 'manifest', message: /unknown action/ });
});
