import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeTempLog } from '../broker/audit/temp-log.ts';

const child = fileURLToPath(new URL('../broker/audit/append-until-refused.js', import.meta.url));

// Attack 184 at the layer of the log: the kernel stops the file at a limit in the middle of a write, as
// a full disk does. That no effect happens then, and that /health says so, is asserted where those are.
test('a log that cannot grow refuses for good, says so, claims nothing, and is repaired at the next start', async (t) => {
  const temp = makeTempLog(t);
  const limit = 'ulimit -f 16 && exec "$0" --jitless "$1" "$2"';
  const output = execFileSync('sh', ['-c', limit, process.execPath, child, temp.path], {
    encoding: 'utf8',
    env: {},
  });
  const told = JSON.parse(output);
  assert.ok(told.durable > 0);
  assert.deepEqual([told.refusal, told.again], ['log_unavailable', 'log_unavailable']);
  assert.equal(told.broken, 'audit log `agent-audit.jsonl`: cannot be written');
  assert.deepEqual(told.state, { writable: false, problem: told.broken, verified: 'all' });
  assert.notEqual(temp.text().at(-1), '\n', 'the limit cut a line');
  const full = statSync(temp.path).size;

  const log = await temp.open();
  assert.equal(log.head().entry, told.durable + 1);
  await log.append({ event: 'note', data: {} });
  await log.close();
  assert.ok(statSync(temp.path).size !== full);
  const events = temp.entries().map(({ event }) => event);
  assert.deepEqual(events.slice(-3), ['effect_intended', 'log_repaired', 'note']);
  assert.equal((await temp.verify()).valid, true);
});
