import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';
import { assertContained, hazard } from '../harness/hazard.ts';

test('nobody takes compiled code, an addon or a source map from a plugin', async (t) => {
  const result = await hazard(t, { script: '033-compiled-bytes' });
  assertContained(result);
  // the name is the guest's own; what it names was not read
  assert.ok(!/root:|localhost/.test(JSON.stringify(result)), 'a file was read');
});

test('the cell has no code that takes compiled bytes', () => {
  const folder = join(PACKAGE_ROOT, 'dist/core/cell');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  );
  assert.ok(files.length >= 5);
  for (const name of files) {
    const text = readFileSync(join(folder, name), 'utf8');
    assert.doesNotMatch(text, /cachedData|produceCachedData|createSnapshot|snapshot:/, name);
    assert.doesNotMatch(text, /inspector: true|copy: true|accessors|unsafeInherit/, name);
  }
});
