import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { startAgent } from '../harness/agent.ts';
import { assertContained, openHazardRange } from '../harness/hazard.ts';
import { cellsOf, childrenOf } from '../harness/processes.ts';

/** Node's thread that opens the inspector at SIGUSR1, in a process that is started so. */
const waitsForDebugger = (pid: number): boolean =>
  readdirSync(`/proc/${pid}/task`).some((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/comm`, 'utf8').includes('SignalInspector'),
  );

test('a step meets no inspector, and none can be started in its cell', async (t) => {
  // port 0: nobody else is in the way, where the option got through
  process.env['NODE_OPTIONS'] = '--inspect=127.0.0.1:0';
  t.after(async () => {
    delete process.env['NODE_OPTIONS'];
  });
  const range = await openHazardRange(t);
  const result = await range.attack({ script: '034-inspector' });
  assertContained(result);
  assert.deepEqual(result.got, { escaped: [], went: 'on' });

  const [cell = 0] = range.broker.cellPids();
  assert.equal(waitsForDebugger(process.pid), true, 'the sign is one: this process has the thread');
  assert.equal(waitsForDebugger(cell), false);
  process.kill(cell, 'SIGUSR1');
  assertContained(await range.attack({ script: '034-inspector' }));
});

test('no process of an agent opens an inspector at SIGUSR1', async (t) => {
  const agent = await startAgent(t);
  const started = [agent.pid, ...(await childrenOf(agent.pid)), ...(await cellsOf(agent.pid))];
  assert.ok(started.length >= 3, 'the broker, its spawner, a cell');
  for (const pid of started) {
    assert.equal(waitsForDebugger(pid), false, readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    process.kill(pid, 'SIGUSR1');
  }
  assert.equal((await agent.get('/health')).status, 200);
  assert.doesNotMatch(agent.said(), /Debugger listening/);
});
