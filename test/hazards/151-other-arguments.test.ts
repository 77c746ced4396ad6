import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { admitToolCall, mustBeTicketed } from '../../core/broker/execute/admit-tool-call.ts';
import { digestOf } from '../../core/vocabulary/digest.ts';
import { AgentError } from '../../core/vocabulary/errors.ts';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { openCaller } from '../harness/calling-step.ts';

// Attack 151: the right tool with arguments that nobody decided on.

const secret = randomBytes(8).toString('hex');
const caller = await openCaller(
  { after },
  { documents: { 'a.md': 'one\n', 'b.md': `${secret}\n` }, granted: ['filesystem.read'] },
);
const read = (args: JsonObject) => caller.run({ tool: 'filesystem.read', args });

test('an extra field, an array for a name and a path outside are refused before anything runs', async () => {
  const CASES: readonly (readonly [JsonObject, string])[] = [
    [{ path: 'user_docs/a.md', follow: true }, 'input_invalid'],
    [{ path: ['user_docs/a.md'] }, 'input_invalid'],
    [{ path: { $from: 's1', pointer: '' } }, 'input_invalid'],
    [{}, 'input_invalid'],
    [{ path: 'user_docs/../user_docs/b.md' }, 'tool_unavailable'],
    [{ path: '/etc/hostname' }, 'tool_unavailable'],
    [{ path: 'outputs/a.md' }, 'tool_unavailable'],
    // A name of its own, which is not there: it is not decoded to `b.md`.
    [{ path: 'user_docs/%62.md' }, 'not_available'],
  ];
  for (const [args, code] of CASES) {
    const { answer, records } = await read(args);
    const got = answer as { code?: string };
    assert.equal(got.code, code, JSON.stringify([args, answer]));
    assert.equal(JSON.stringify(answer).includes(secret), false);
    assert.deepEqual(records('effect_intended'), []);
  }
});

test('the record of a call binds its canonical arguments: one spelling of the same data has one digest', async () => {
  const args = { path: 'user_docs/a.md' };
  const { records } = await read(args);
  assert.equal(records('tool_call')[0]?.['arguments_sha256'], digestOf(args));
});

test('a ticket of the firewall is good for its own tool and its own arguments alone', async () => {
  const asked: JsonObject[] = [];
  const ticket = await admitToolCall(
    { tool: 'a.b', args: { path: 'x', n: 1 }, resources: [] },
    {
      firewall: {
        evaluate: async ({ params }) => {
          asked.push(params);
          return { allowed: true };
        },
      },
      journal: { toolCalled: async () => {} },
      signal: new AbortController().signal,
    },
  );
  assert.deepEqual(asked, [{ path: 'x', n: 1 }]);
  mustBeTicketed(ticket, { tool: 'a.b', args: { n: 1, path: 'x' } });
  const others: readonly (readonly [string, JsonObject])[] = [
    ['a.c', { path: 'x', n: 1 }],
    ['a.b', { path: 'y', n: 1 }],
    ['a.b', { path: 'x', n: 1, more: null }],
    ['a.b', { path: ['x'], n: 1 }],
    ['a.b', { path: 'x', n: '1' }],
  ];
  for (const [tool, args] of others) {
    assert.throws(
      () => mustBeTicketed(ticket, { tool, args }),
      (error) => error instanceof AgentError && error.code === 'firewall_denied',
    );
  }
  assert.throws(() => mustBeTicketed(null, { tool: 'a.b', args: {} }), AgentError);
});
