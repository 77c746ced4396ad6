import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heuristicPlanner } from '../../../core/broker/plan/heuristic-planner.ts';
import type { ToolSignature } from '../../../core/broker/plan/tool-signature.ts';
import type { JsonObject } from '../../../core/vocabulary/json.ts';
import type { StringSchema } from '../../../core/vocabulary/manifest.ts';

const TEXT: StringSchema = {
  type: 'string',
  minLength: 0,
  maxLength: 4096,
  capability: null,
  redact: false,
  pattern: null,
};
const text = { required: true, many: false, schema: TEXT, names: null };
const READ: ToolSignature = {
  name: 'filesystem.read',
  parameters: [{ ...text, name: 'path', names: 'read' }],
};
const MIX: ToolSignature = {
  name: 'mix.all',
  parameters: [
    { ...text, name: 'from', names: 'read' },
    { ...text, name: 'to', names: 'write' },
    { ...text, name: 'note' },
    { ...text, name: 'times', schema: { type: 'integer', minimum: 0, maximum: 9 } },
    { ...text, name: 'deep', schema: { type: 'boolean' } },
    { ...text, name: 'kind', schema: { enum: ['a', 2] } },
  ],
};
const MANY: ToolSignature = {
  name: 'many.read',
  parameters: [{ ...text, name: 'sources', many: true, names: 'read' }],
};

const plan = (intent: string) =>
  heuristicPlanner.plan({
    intent,
    mode: 'standard',
    workspaces: [
      { id: 'user_docs', readable: true, writable: false, named: true },
      { id: 'outputs', readable: false, writable: true, named: false },
    ],
    maxSteps: 9,
    buildable: new Set(['read_file']),
    tools: [READ, MIX, MANY],
  });

const callOf = async (intent: string): Promise<JsonObject> => {
  const planned = await plan(intent);
  assert.equal(planned.kind, 'planned', JSON.stringify(planned));
  assert.ok(planned.kind === 'planned');
  const [step] = planned.steps;
  assert.equal(step?.action, 'tool_invoke');
  return step.params;
};

const CASES: readonly (readonly [intent: string, tool: string, args: JsonObject])[] = [
  [
    'use the tool filesystem.read on user_docs/notes.md',
    'filesystem.read',
    { path: 'user_docs/notes.md' },
  ],
  ['Please run filesystem.read on notes.md.', 'filesystem.read', { path: 'user_docs/notes.md' }],
  [
    'invoke mix.all with from=a.txt to=b.txt note="two words and read it" times=3 deep=true kind=2',
    'mix.all',
    {
      from: 'user_docs/a.txt',
      to: 'outputs/b.txt',
      note: 'two words and read it',
      times: 3,
      deep: true,
      kind: 2,
    },
  ],
  ['call mix.all on a.txt and b.txt', 'mix.all', { from: 'user_docs/a.txt', to: 'outputs/b.txt' }],
  [
    'invoke mix.all {"note": "then read } it", "from":"x and read y"}',
    'mix.all',
    { note: 'then read } it', from: 'x and read y' },
  ],
  [
    'run many.read on a.md, b.md and user_docs/c.md',
    'many.read',
    { sources: ['user_docs/a.md', 'user_docs/b.md', 'user_docs/c.md'] },
  ],
  ['run Filesystem.Read on a.md', 'Filesystem.Read', {}],
  ['run shell.exec with cmd=ls', 'shell.exec', { cmd: 'ls' }],
  ['invoke filesystem.re\u0430d', 'filesystem.re\u0430d', {}],
  ['run mix.all with times=three', 'mix.all', { times: 'three' }],
];

for (const [intent, tool, args] of CASES) {
  test(`the planner names the tool as it is written and its arguments by its schema: ${intent}`, async () => {
    assert.deepEqual(await callOf(intent), { tool, args });
  });
}

test('the planner drops nothing of a call: what is no argument is an answer with the parameters', async () => {
  for (const intent of [
    'run filesystem.read on a.md quickly',
    'run filesystem.read with a.md and b.md',
    'run filesystem.read with path=a.md path=b.md',
    'invoke the tool',
  ]) {
    assert.equal((await plan(intent)).kind, 'unplannable', intent);
  }
});

test('`it` after a tool means nothing older', async () => {
  const planned = await plan(
    'read user_docs/a.md, then run filesystem.read on b.md, and save it to outputs/c.md',
  );
  assert.equal(planned.kind, 'unplannable', JSON.stringify(planned));
});
