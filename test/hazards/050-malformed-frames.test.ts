import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isJsonObject } from '../../core/vocabulary/json.ts';
import { scriptedLauncher } from '../broker/supervisor/scripted-cell.ts';
import { assertContained, hazard, openHazardRange } from '../harness/hazard.ts';
import { untilGone } from '../harness/processes.ts';

// Attack 50 on the parts of a broker: forms that a frame can have wrong beyond those that are tried beside the
// supervisor, each from a real process, with the record of the violation and the next task in a real cell.

const READ = `{ handle: JSON.parse(handles)[0].id, method: 'read', args: { encoding: 'text' } }`;
const RESULT = `frame({ type: 'result', step, cpu_ms: 1 }, '{"ok":{}}')`;
const LENGTH = 'const length = Buffer.alloc(4)';
const MALFORMED: Readonly<Record<string, string>> = {
  'a length of nothing': 'raw(Buffer.alloc(4))',
  'a length shorter than its frame': `const f = ${RESULT}; f.writeUInt32BE(f.length - 14); raw(f)`,
  'two messages in one frame': `const f = ${RESULT}.subarray(4); ${LENGTH}; length.writeUInt32BE(2 * f.length); raw(Buffer.concat([length, f, f]))`,
  'a type of the prototype': `send({ type: 'constructor', step })`,
  'a field of the prototype': `send(JSON.parse('{"type":"result","step":' + step + ',"cpu_ms":1,"__proto__":{"polluted":1}}'), '{"ok":{}}')`,
  'a message of the broker': `send({ type: 'reply', step, seq: 1 }, '{"ok":1}')`,
  'a call with a field too many': `call(step, 1, { ...${READ}, task: 'x' })`,
  'a result and then a call': `result(step); call(step, 1, ${READ})`,
};

for (const [name, script] of Object.entries(MALFORMED)) {
  test(`a cell that sends ${name} is killed and on record, and the next task runs`, async (t) => {
    const launcher = scriptedLauncher(`on.run = ({ step }, { handles } = {}) => { ${script}; };`);
    t.after(launcher.dispose);
    const range = await openHazardRange(t, { launcher });
    const result = await range.attack({ script: 'return {};', asResult: true });
    // a result that came before the breach stands as what it is: one that fits no schema
    assertContained(result, name.startsWith('a result') ? 'output_invalid' : 'violation');
    const violations = result.since.filter(({ event }) => event === 'cell_violation');
    assert.equal(violations.length, 1, JSON.stringify(result.since));
    const { pid } = isJsonObject(violations[0]?.['data'] ?? null)
      ? Object(violations[0]?.['data'])
      : {};
    assert.ok(await untilGone(pid));
    assert.equal(Object({})['polluted'], undefined);
  });
}

test('a guest that writes frames into its texts sends none', async (t) => {
  const result = await hazard(t, { script: '050-frames-in-text' });
  assertContained(result);
  assert.deepEqual(Object(result.got).outcomes, ['input_invalid']);
  assert.deepEqual(
    result.since.filter(({ event }) => event === 'cell_violation'),
    [],
  );
});
