import assert from 'node:assert/strict';
import { it, test } from 'node:test';
import { covers, toPrefix } from '../../core/broker/grant/path-matcher.ts';
import { isOver, startAgent } from '../harness/agent.ts';

// Attack 111. There is no glob engine: `/**` at the end of a scope is the only pattern that is understood, and a scope
// is compared with a path segment by segment. Patterns of schemas and of a search are tried beside their own parts.

const BOMBS = [
  '/a/**/**/**/**/**/**/*',
  `/a/${'{a,b}'.repeat(30)}`,
  '/a/[a-z]*',
  '/a/?',
  '/**',
  '/',
  '**',
  '/a/../b/**',
  `/${'*'.repeat(100_000)}`,
];

it('no pattern but the one that is understood becomes a scope, and each is answered at once', () => {
  const started = performance.now();
  for (const pattern of BOMBS) assert.equal(toPrefix(pattern), undefined, pattern.slice(0, 40));
  assert.ok(performance.now() - started < 500);
  assert.equal(toPrefix('/a/b/**'), '/a/b');
  // What only some shells would expand is a name like any other.
  const literal = `/a/${'+(a|aa)'.repeat(30)}`;
  assert.equal(toPrefix(literal), literal);
});

it('a path of many segments is compared with a scope in linear time', () => {
  const deep = `/a/${'a/'.repeat(500_000)}b`;
  const started = performance.now();
  assert.equal(covers('/a', deep), true);
  assert.equal(covers(deep, '/a'), false);
  assert.equal(covers('/b', deep), false);
  assert.ok(performance.now() - started < 2000);
});

test('a pattern in the place of a name stays a name, and finds nothing', async (t) => {
  const agent = await startAgent(t, { documents: { 'a.md': 'words\n', 'b.md': 'words\n' } });
  for (const name of ['**/*', '*.md', '{a,b}.md', '[a-b].md', '?.md', '@(a|b).md']) {
    const reply = await agent.post('/v1/task', {
      intent: `read user_docs/${name}`,
      preferences: { read_file: 'always' },
    });
    if (reply.status !== 201) {
      assert.equal(reply.status, 422, reply.text);
      continue;
    }
    const task = await agent.until(String(reply.body['task_id']), isOver);
    assert.equal(task['status'], 'failed', name);
    assert.doesNotMatch(JSON.stringify(task), /words/);
  }
  const found = await agent.submit('search user_docs for words');
  assert.equal((await agent.until(String(found['task_id']), isOver))['status'], 'completed');
  await agent.assertChainValid();
});
