import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openCaller } from '../harness/calling-step.ts';

// Attack 184, from a guest that holds `tool.invoke`: each refused call is a durable record, and a step may make ten
// thousand calls. So the log tells each refusal until the budget of tool calls is spent, then that it is, once.

const CALLS = 300;

const caller = await openCaller(
  { after },
  { granted: ['filesystem.read'], requested: ['filesystem.read', 'hash.verify'] },
);

test('a step that goes on asking after its tool calls are spent fills no log, and the next task runs', async () => {
  caller.does(`
    const codes = {};
    for (let n = 0; n < ${CALLS}; n += 1) {
      const code = await handles.tool.invoke({}).then(() => 'ok', (error) => error.code);
      codes[code] = (codes[code] ?? 0) + 1;
    }
    return codes;`);
  const { answer, records } = await caller.run({ tool: 'hash.verify', args: {} });
  const codes = answer as Readonly<Record<string, number>>;
  const refused = codes['tool_unavailable'] ?? 0;
  assert.deepEqual(codes, { tool_unavailable: refused, budget_exceeded: CALLS - refused });
  assert.ok(refused > 0 && refused < CALLS);
  const logged = records('tool_call').map(({ code }) => code);
  assert.deepEqual(logged, [...Array(refused).fill('tool_not_granted'), 'budget_exceeded']);

  caller.does('return 1;');
  const next = await caller.run({ tool: 'hash.verify', args: {} });
  assert.equal(next.answer, 1);
});
