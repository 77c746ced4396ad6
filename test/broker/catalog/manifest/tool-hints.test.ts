import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkManifest } from '../../../../core/broker/catalog/manifest/check-manifest.ts';
import { toolHints } from '../../../../core/broker/catalog/manifest/tool-hints.ts';
import type { JsonObject } from '../../../../core/vocabulary/json.ts';
import { closed, naming, sampleText } from '../../../harness/sample-manifest.ts';

/** The hints as letters: reads only, destroys, is idempotent, meets the open world; `-` for none of it. */
const hintsOf = (entry: JsonObject, top: JsonObject = {}): string => {
  const check = checkManifest(sampleText({ top, entry }), 'm');
  if (!check.ok) return check.findings.map(({ rule }) => rule).join();
  const tool = check.manifest.entries.get('text.count');
  if (tool === undefined) return assert.fail('no entry');
  const hints = toolHints(tool, check.manifest.requests);
  return [
    hints.readOnlyHint ? 'R' : '-',
    hints.destructiveHint ? 'D' : '-',
    hints.idempotentHint ? 'I' : '-',
    hints.openWorldHint ? 'O' : '-',
  ].join('');
};

const holding = (capability: string, reversibility: string): JsonObject => ({
  reversibility,
  input: closed({ it: naming(capability) }),
});

test('toolHints follow from the handles, and not from what the author says of the tool', () => {
  assert.equal(hintsOf({ input: closed({}) }), 'R-I-');
  assert.equal(hintsOf(holding('storage.read', 'read-only')), 'R-I-');
  assert.equal(hintsOf(holding('storage.search', 'read-only')), 'R-I-');
  assert.equal(hintsOf(holding('storage.create', 'reversible')), '----');
  assert.equal(hintsOf(holding('storage.replace', 'reversible')), '-D--');
  assert.equal(hintsOf(holding('storage.delete', 'reversible')), '-D--');
  const egress = [{ host: 'example.org', methods: ['GET'] }];
  assert.equal(hintsOf(holding('airlock.fetch', 'irreversible'), { requests: { egress } }), '-D-O');
  const tools = ['text.diff'];
  assert.equal(hintsOf(holding('tool.invoke', 'read-only'), { requests: { tools } }), '-D-O');
});

test('toolHints believe an author who admits to more than the handles can do', () => {
  assert.equal(hintsOf(holding('storage.read', 'irreversible')), '-D--');
});

test('an override of a hint may be more cautious, and is refused where it is less', () => {
  const reads = holding('storage.read', 'read-only');
  assert.equal(hintsOf({ ...reads, hints: { readOnlyHint: false, openWorldHint: true } }), '--IO');
  assert.equal(hintsOf({ ...reads, hints: { readOnlyHint: true } }), 'R-I-');
  const writes = holding('storage.replace', 'reversible');
  for (const hints of [
    { readOnlyHint: true },
    { destructiveHint: false },
    { idempotentHint: true },
  ] as const) {
    assert.equal(hintsOf({ ...writes, hints }), 'hint-less-cautious');
  }
  const tools = ['text.diff'];
  const calls = { ...holding('tool.invoke', 'read-only'), hints: { openWorldHint: false } };
  assert.equal(hintsOf(calls, { requests: { tools } }), 'hint-less-cautious');
});
