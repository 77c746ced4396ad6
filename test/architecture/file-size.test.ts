import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceFiles } from './source-files.ts';

const files = sourceFiles('core/**/*.ts', 'plugins/**/*.ts');

test('no source file is over 300 lines', () => {
  assert.deepEqual(
    files.filter(({ lines }) => lines > 300).map(({ path }) => path),
    [],
  );
});

test('half of the source files have at most 80 lines', () => {
  const sizes = files.map(({ lines }) => lines).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  assert.ok(sizes.length > 100, `found ${sizes.length} files`);
  assert.ok(median <= 80, `median ${median}`);
});

test('no source file is named for what it does not say', () => {
  const vague = /(^|[-/])(utils?|helpers?|managers?|common|misc)([-./]|$)/;
  assert.deepEqual(
    files.filter(({ path }) => vague.test(path)).map(({ path }) => path),
    [],
  );
});
