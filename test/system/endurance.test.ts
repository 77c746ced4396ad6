import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type Agent, isOver, startAgentIn, steps, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { cellsOf, childrenOf, residentBytes } from '../harness/processes.ts';

// Only root may look into the descriptors of processes that locked themselves.
const skip =
  process.getuid?.() === 0 ? false : 'only root sees the descriptors of a locked process';
const STEPS = process.env['SECAI_LONG'] === '1' ? 10_000 : 300;
/** One fewer than the deaths without a completed step that quarantine a plugin. */
const CLIENTS = 4;
const ALWAYS = { preferences: { read_file: 'always' } } as const;
/**
 * They hold for the good steps too, and those wait for a core that hostile ones keep busy: the engine's own timeout
 * runs on meanwhile, and is twice the first.
 */
const LIMITS = { cpu_ms: 1000, wall_ms: 5000 };

/** Deeds of the hostile plugin, and the codes by which their steps may end. */
const DEEDS = new Map<string, readonly string[]>([
  ['loop', ['cpu', 'wall']],
  ['microtasks', ['cpu', 'wall']],
  ['never', ['wall']],
  ['getter', ['cpu', 'wall']],
  ['stack', ['guest_error', 'cpu', 'wall']],
  ['bigint', ['cpu', 'wall']],
  ['memory', ['memory', 'cpu', 'wall']],
  ['nest', ['guest_error', 'memory', 'cpu', 'wall']],
  ['large', ['memory', 'result_too_large', 'cpu', 'wall']],
  ['forged', ['guest_error', 'cpu', 'wall']],
  ['shape', ['output_invalid', 'cpu', 'wall']],
  ['reference', ['output_invalid', 'cpu', 'wall']],
  ['deep', ['guest_error', 'cpu', 'wall']],
]);

interface Held {
  readonly processes: number;
  /** Descriptors but those by which a cell is held. */
  readonly broker: number;
  readonly spawner: number;
  readonly rss: number;
}

const descriptors = async (pid: number): Promise<number> =>
  (await readdir(`/proc/${pid}/fd`)).length;

/** The channel and the pidfd of a cell in the broker; its two pipes in the spawner. */
const HELD_PER_CELL = 2;

/** What the agent holds once no cell comes or goes: with nothing to do, all of its cells are idle. */
const held = async ({ pid }: Agent): Promise<Held> => {
  const [spawner = 0] = await childrenOf(pid);
  const deadline = Date.now() + 20_000;
  let last = '';
  for (;;) {
    const cells = await cellsOf(pid);
    const now: Held = {
      processes: (await childrenOf(pid)).length + cells.length,
      broker: (await descriptors(pid)) - HELD_PER_CELL * cells.length,
      spawner: (await descriptors(spawner)) - HELD_PER_CELL * cells.length,
      rss: await residentBytes(pid),
    };
    const { rss, ...counts } = now;
    const text = JSON.stringify([counts, cells]);
    if (text === last) return now;
    assert.ok(Date.now() < deadline, `never at rest: ${text}`);
    last = text;
    await pause(500);
  }
};

test(`of ${STEPS} steps a third is hostile: no task is lost, and nothing of the broker's leaks`, {
  skip,
}, async (t) => {
  const names = [...DEEDS.keys()];
  const folder = await makeAgentFolder(t, {
    documents: {
      ...Object.fromEntries(names.map((name) => [`${name}.md`, `${name} as told`])),
      'good.md': 'led',
      'a.md': 'An ordinary text.\n',
    },
    env: { HOSTILE_LIMITS: JSON.stringify(LIMITS), AGENT_TASK_HISTORY_LIMIT: '200' },
  });
  const agent = await startAgentIn(t, folder, testAgent('hostile'));
  const ends = new Map<string, number>();

  const run = async (intent: string): Promise<string> => {
    const { task_id: id } = await agent.submit(intent, ALWAYS);
    const task = await agent.until(String(id), isOver, 120_000);
    const failed = steps(task).find(({ status }) => status === 'failed');
    return task['status'] === 'completed' ? 'completed' : String(failed?.['code']);
  };
  let attacks = 0;
  /** One hostile step and two that must complete, so that a third is hostile at every moment. */
  const round = async (): Promise<void> => {
    const name = names[attacks % names.length] ?? '';
    attacks += 1;
    const code = await run(`summarize user_docs/${name}.md`);
    assert.ok(DEEDS.get(name)?.includes(code), `${name} ended as ${code}`);
    ends.set(code, (ends.get(code) ?? 0) + 1);
    for (const intent of ['summarize user_docs/good.md', 'read user_docs/a.md'])
      assert.equal(await run(intent), 'completed', intent);
  };
  const rounds = async (count: number): Promise<void> => {
    let left = count;
    const client = async (): Promise<void> => {
      while (left > 0) {
        left -= 1;
        await round();
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
  };

  const third = Math.ceil(STEPS / 3);
  // What is made once (threads of a pool, statements, a history that is full) is there after a part of it.
  await rounds(Math.ceil(third / 3));
  const before = await held(agent);
  await rounds(third - Math.ceil(third / 3));
  const after = await held(agent);

  t.diagnostic(`ends: ${[...ends].map(([code, count]) => `${code} ${count}`).join(', ')}`);
  t.diagnostic(`before ${JSON.stringify(before)}, after ${JSON.stringify(after)}`);
  assert.ok(after.processes <= before.processes + CLIENTS, 'no process is left over');
  assert.ok(after.broker <= before.broker + 2, 'no descriptor of the broker is left over');
  assert.ok(after.spawner <= before.spawner + 2, 'no descriptor of the spawner is left over');
  assert.ok(after.rss < before.rss * 1.25, 'the memory of the broker levels off');
  const { body } = await agent.get('/health');
  assert.equal(body['status'], 'ok');
  assert.equal(body['active_tasks'], 0, 'no task is left open');
  assert.deepEqual(body['quarantined'], []);
  assert.equal(body['violations'], 0);
  await agent.assertChainValid();
  assert.equal(await agent.stop(), 0);
});
