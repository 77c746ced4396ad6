import assert from 'node:assert/strict';
import { test } from 'node:test';
import { secaiAgent } from '../../harness/cli.ts';

test('doctor --help says what is tried, on what, and what the exit codes mean', async () => {
  const { code, out } = await secaiAgent(['doctor', '--help']);
  assert.equal(code, 0);
  for (const word of [
    '--json',
    '--profile',
    'standard',
    'vetting',
    'nothing else moves',
    'Exit codes',
  ])
    assert.ok(out.includes(word), word);
});

test('doctor refuses a profile that there is not', async () => {
  const { code, err } = await secaiAgent(['doctor', '--profile', 'loose']);
  assert.equal(code, 2);
  assert.match(err, /Allowed choices are standard, strict, vetting/);
});
