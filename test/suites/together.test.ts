import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longFirst } from './long-first.ts';
import { runTogether } from './together.ts';

const OWN_PROCESS = {
  'starts a process': 'spawner/run-spawner.test',
  'starts an agent': 'broker/main/restart.test',
  listens: 'broker/http/listener.test',
  'calls the kernel by native code': 'linux/close-range.test',
  'gives up its user': 'broker/gateway/storage/permissions.test',
  'starts a thread': 'broker/main/powers/search-worker.test',
  'reads the environment': 'defences/defences.test',
};

for (const [what, path] of Object.entries(OWN_PROCESS)) {
  test(`a test file that ${what} has a process of its own`, () => {
    assert.deepEqual([...runTogether([path])], []);
  });
}

test('test files that only compute share one', () => {
  const paths = ['vocabulary/canonical.test', 'broker/policy/decide.test', 'protocol/lines.test'];
  assert.deepEqual([...runTogether(paths)], paths);
});

test('what takes long goes first, and nothing is lost', () => {
  assert.deepEqual(longFirst(['a.test', 'cli/probe/range.test', 'b.test']), [
    'cli/probe/range.test',
    'a.test',
    'b.test',
  ]);
});
