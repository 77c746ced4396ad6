import assert from 'node:assert/strict';
import { it } from 'node:test';
import { relativeProblem } from '../../core/broker/grant/path-segment.ts';
import { openWorkspace } from '../broker/gateway/storage/workspace.ts';
import { assertNoWayIn, assertStillServes, fingerprint } from './outside-world.ts';

// Attack 90. The names are refused twice: by the parser, and by the gateway when a caller forgot to parse.
// The audit record of a refused step is asserted where steps are executed.
const UNCLEAN = [
  ...[
    '../outside/secret',
    'a/../../outside/secret',
    '..\\outside\\secret',
    '/etc/passwd',
    '//etc/passwd',
  ],
  ...[
    './a',
    'a/./b',
    '././././a',
    'a/',
    'a//b',
    '/',
    '.',
    '..',
    '...',
    'a.',
    'a ',
    ' a',
    'a/..',
    '~',
    '~/a',
  ],
  ...['%2e%2e/outside/secret', '%2e%2e%2foutside', '%252e%252e/x', '..%2foutside', '%00', 'a%5c..'],
];

it('an unclean path is refused, never cleaned, and nothing outside the scope is touched', async (test) => {
  const workspace = await openWorkspace(test);
  workspace.put('outside/secret', 'secret');
  workspace.put('docs/a/b', 'b');
  const before = fingerprint(workspace.base);
  for (const name of UNCLEAN) {
    assert.notEqual(relativeProblem(name), undefined, name);
    await assertNoWayIn(workspace, workspace.raw(name), name);
    assert.throws(() => workspace.at(`docs/${name}`), /refused/, name);
  }
  assert.throws(() => workspace.at(''), /refused/);
  assert.equal(fingerprint(workspace.base), before);
  await assertStillServes(workspace);
});
