import assert from 'node:assert/strict';
import { checkManifest } from '../../core/broker/catalog/manifest/check-manifest.ts';
import type { Finding } from '../../core/vocabulary/manifest.ts';

/**
 * Asserts that a manifest is refused, at one place, by one rule; and that every finding says where, what and how to
 * mend it, in text that a terminal shows as it is.
 */
export const refusedManifest = (
  text: string,
  wanted: { readonly pointer: string; readonly rule: string },
  file = 'manifest.yaml',
): readonly Finding[] => {
  const check = checkManifest(text, file);
  const findings = check.ok ? [] : check.findings;
  assert.ok(
    findings.some(({ pointer, rule }) => pointer === wanted.pointer && rule === wanted.rule),
    `expected ${JSON.stringify(wanted)}, got ${JSON.stringify(findings)}`,
  );
  for (const { pointer, rule, problem, mend, line, column } of findings) {
    assert.match(rule, /^[a-z][a-z-]*$/);
    assert.ok(problem.length > 0 && mend.length > 0, rule);
    for (const shown of [pointer, problem, mend]) assert.match(shown, /^[ -~]*$/);
    assert.ok(line !== undefined && column !== undefined && line > 0 && column > 0);
  }
  return findings;
};
