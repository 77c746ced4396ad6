import assert from 'node:assert/strict';
import { Buffer } from 'node:buffer';
import { after, type TestContext, test } from 'node:test';
import { makeFrameReader } from '../../core/protocol/frame.ts';
import { encodeFromCell, parseFromCell } from '../../core/protocol/from-cell.ts';
import { type FromCell, MAX_FRAME_FROM_CELL } from '../../core/protocol/messages.ts';
import { AgentError } from '../../core/vocabulary/errors.ts';
import type { JsonObject } from '../../core/vocabulary/json.ts';
import { BREACHES, BREAKS_AS_TOLD } from '../broker/supervisor/breaches.ts';
import { jobOf, pluginOf, realSupervisor } from '../broker/supervisor/job.ts';
import { scriptedLauncher } from '../broker/supervisor/scripted-cell.ts';
import { type Agent, isOver, startAgentIn, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { call } from '../harness/call.ts';
import { isAlive } from '../harness/processes.ts';

const LONG = process.env['SECAI_LONG'] === '1';

const CELLS = LONG ? 8 : 3;
const FRAMES = LONG ? 200_000 : 10_000;
const REQUESTS = LONG ? 300 : 60;

assert.ok(Object.keys(BREACHES).length >= 20);

const launcher = scriptedLauncher(`hello(); ${BREAKS_AS_TOLD}`, { always: true });
after(launcher.dispose);

for (const name of Object.keys(BREACHES)) {
  // That the next step runs in a cell of its own is asserted for each of them beside the supervisor.
  test(`wall.frames: ${CELLS} cells that send ${name} are killed at the first, and counted`, async (t) => {
    const violations: number[] = [];
    const supervisor = realSupervisor({
      launcher,
      size: CELLS,
      onViolation: ({ pid }) => violations.push(pid),
    });
    t.after(() => supervisor.close());
    const pids: number[] = [];
    const run = (plugin: string) =>
      supervisor.run(
        jobOf('return {};', {
          plugin: pluginOf(plugin),
          input: { breach: name },
          onStarted: ({ pid }) => pids.push(pid),
        }),
      );
    const ends = await Promise.all(Array.from({ length: CELLS }, (_, i) => run(`owned-${i}`)));
    for (const end of ends) assert.equal(end.kind === 'failed' && end.code, 'violation');
    assert.equal(new Set(pids).size, CELLS);
    assert.deepEqual(violations.toSorted(), pids.toSorted());
    assert.equal(supervisor.status().violations, CELLS);
    await supervisor.close();
    assert.deepEqual(pids.filter(isAlive), []);
  });
}

const GOOD: readonly FromCell[] = [
  {
    type: 'hello',
    versions: { node: '26.10.0', v8: '14.6', isolatedVm: '7.0.1' },
    lock: { layers: [], landlockAbi: 7, covered: [], uid: 65_534 },
  },
  { type: 'idle', step: 3 },
  { type: 'call', step: 3, seq: 1, body: '{"handle":"ab","method":"read","args":{}}' },
  { type: 'result', step: 3, cpuMs: 12, body: '{"ok":{"text":"\u00e9"}}' },
  { type: 'failure', step: 3, cpuMs: 12, reason: 'memory' },
];

/** A small generator with a seed, so that a failure can be repeated. */
const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const damaged = (frame: Buffer, random: (below: number) => number): Buffer => {
  const bytes = [...frame];
  const at = random(bytes.length);
  switch (random(5)) {
    case 0:
      bytes[at] = random(256);
      break;
    case 1:
      bytes.splice(at, 1 + random(4));
      break;
    case 2:
      bytes.splice(at, 0, ...Array.from({ length: 1 + random(4) }, () => random(256)));
      break;
    case 3:
      bytes.length = at;
      break;
    default:
      bytes.push(...bytes.slice(at));
  }
  return Buffer.from(bytes);
};

test(`wall.frames: of ${FRAMES} damaged frames each is a violation, a whole message or not whole yet, however it is cut`, () => {
  const random = randomFrom(20_260);
  let refused = 0;
  for (let n = 0; n < FRAMES; n += 1) {
    const good = GOOD[random(GOOD.length)] ?? { type: 'idle', step: 0 };
    const bytes = damaged(encodeFromCell(good), random);
    const cut = random(bytes.length + 1);
    const read = makeFrameReader(MAX_FRAME_FROM_CELL);
    try {
      for (const chunk of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
        for (const frame of read(chunk)) {
          const message = parseFromCell(frame);
          // What passes is one of the five forms and nothing beside it: it says the same when sent again.
          const [again] = makeFrameReader(MAX_FRAME_FROM_CELL)(encodeFromCell(message));
          assert.ok(again !== undefined);
          assert.deepEqual(parseFromCell(again), message);
        }
      }
    } catch (thrown) {
      assert.ok(thrown instanceof AgentError && thrown.code === 'violation', String(thrown));
      refused += 1;
    }
  }
  assert.ok(refused > FRAMES / 4, `${refused} were refused`);
});

/** The longest of nineteen in twenty requests of another client, in ms. */
const latency = async (agent: Agent): Promise<number> => {
  const times: number[] = [];
  for (let n = 0; n < REQUESTS; n += 1) {
    const begun = performance.now();
    const { status } = await agent.get('/v1/tasks');
    times.push(performance.now() - begun);
    assert.equal(status, 200);
  }
  return times.toSorted((a, b) => a - b)[Math.floor(REQUESTS * 0.95)] ?? Number.POSITIVE_INFINITY;
};

const startOwned = async (t: TestContext, script: string): Promise<Agent> =>
  startAgentIn(
    t,
    await makeAgentFolder(t, {
      documents: { 'a.md': 'A file says one thing. It says another thing too.\n' },
      env: { OWNED_CELL: script },
    }),
    testAgent('owned-cell'),
  );

const CALLS = (padding: number): string => `
  const pad = 'x'.repeat(${padding});
  let id;
  let seq = 0;
  const next = (step) => { seq += 1; call(step, seq, { handle: id, method: 'read', args: { pad } }); };
  on.run = ({ step }, { handles }) => {
    id = JSON.parse(handles)[0].id;
    for (let n = 0; n < 16; n += 1) next(step);
  };
  on.reply = ({ step }) => next(step);`;

const FLOODS: Readonly<Record<string, string>> = {
  'small calls': CALLS(10),
  'calls as large as may be': CALLS(1_500_000),
  'single bytes of a frame that never ends': `
    on.run = () => {
      raw(Buffer.from([0, 0x3f, 0xff, 0xff]));
      const drip = () => { for (let n = 0; n < 1000; n += 1) raw(Buffer.from('x')); setImmediate(drip); };
      drip();
    };`,
};

for (const [name, script] of Object.entries(FLOODS)) {
  test(`wall.frames: a cell that floods the broker with ${name} delays no other client`, async (t) => {
    const agent = await startOwned(t, script);
    const quiet = await latency(agent);
    const submitted = await agent.submit('summarize user_docs/a.md');
    const id = String(submitted['task_id']);
    const floods: number[] = [];
    const most = Math.max(3 * quiet, 50);
    for (let n = 0; n < 3 && !floods.some((ms) => ms <= most); n += 1) {
      floods.push(await latency(agent));
    }
    const { body } = await agent.get(`/v1/task/${id}`);
    assert.equal(body['status'], 'running', `the flood went on: ${JSON.stringify(body)}`);
    t.diagnostic(`quiet ${quiet.toFixed(1)} ms, flooded ${floods.map((ms) => ms.toFixed(1))} ms`);
    assert.ok(Math.min(...floods) <= most, `quiet ${quiet} ms, flooded ${floods.join()} ms`);
    await agent.post(`/v1/task/${id}/cancel`, {});
    await assertServes(agent);
  });
}

const assertServes = async (agent: Agent): Promise<void> => {
  const task = await agent.submit('summarize user_docs/a.md');
  const done = await agent.until(String(task['task_id']), isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
  await agent.assertChainValid();
};

test('wall.frames: a cell that floods the broker with junk is killed at the first frame, once, on record and counted', async (t) => {
  const agent = await startOwned(
    t,
    `on.run = () => { const junk = Buffer.alloc(1e6, 'GET / '); for (let n = 0; n < 100; n += 1) raw(junk); };`,
  );
  const submitted = await agent.submit('summarize user_docs/a.md');
  const task = await agent.until(String(submitted['task_id']), isOver);
  assert.equal(task['status'], 'failed', JSON.stringify(task));
  const records = (await agent.audit()).filter(({ event }) => event === 'cell_violation');
  const data = records.map((record) => record['data'] as JsonObject);
  assert.deepEqual(
    data.map(({ plugin, profile }) => [plugin, profile]),
    [['writing', 'standard']],
  );
  assert.equal((await call(agent.folder.socket, '/health')).body['violations'], 1);
  await assertServes(agent);
});
