import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { type Agent, isOver, startAgentIn, step, testAgent } from '../harness/agent.ts';
import { makeAgentFolder } from '../harness/agent-folder.ts';
import { cellsOf, residentBytes } from '../harness/processes.ts';

const LONG = process.env['SECAI_LONG'] === '1';
const ROUNDS = LONG ? 20 : 5;

/** What a hostile step does, and the codes that its end may carry. */
const ATTACKS: Readonly<Record<string, readonly string[]>> = {
  loop: ['cpu'],
  microtasks: ['cpu'],
  never: ['wall'],
  getter: ['cpu'],
  bigint: ['cpu'],
  memory: ['memory'],
  large: ['memory', 'result_too_large'],
  forged: ['guest_error'],
  shape: ['output_invalid'],
  stack: ['guest_error'],
  deep: ['guest_error'],
};

const isTimed = (name: string): boolean =>
  ATTACKS[name]?.every((code) => code === 'cpu' || code === 'wall') === true;

interface Limits {
  readonly cpu_ms: number;
  readonly wall_ms: number;
}

const SHIPPED: Limits = { cpu_ms: 5000, wall_ms: 30_000 };
/** For what only takes time, so that it is over soon. The others must come to the limit that they are named for. */
const NARROW: Limits = { cpu_ms: 400, wall_ms: 800 };

const startHostile = async (limits: Limits): Promise<Agent> => {
  const names = Object.keys(ATTACKS);
  const folder = await makeAgentFolder(
    { after },
    {
      documents: {
        ...Object.fromEntries(names.map((name) => [`${name}.md`, `${name} as told`])),
        'good.md': 'A good file says one thing. It says another thing too.\n',
      },
      env: { HOSTILE_LIMITS: JSON.stringify(limits) },
    },
  );
  return startAgentIn({ after }, folder, testAgent('hostile'));
};

const shipped = await startHostile(SHIPPED);
const narrow = await startHostile(NARROW);

interface Ending {
  readonly code: string;
  readonly ms: number;
}

const attack = async (agent: Agent, name: string): Promise<Ending> => {
  const submitted = await agent.submit(`summarize user_docs/${name}.md`);
  const begun = performance.now();
  const task = await agent.until(String(submitted['task_id']), isOver, 120_000);
  return { code: String(step(task, 'summarize')['code']), ms: performance.now() - begun };
};

/** The code must always be right; the time, on a machine that others use too, in the best of three. */
const attackAsNamed = async (agent: Agent, name: string, limitMs: number): Promise<void> => {
  const times: number[] = [];
  for (let n = 0; n < 3 && !times.some((ms) => ms < limitMs + 2000); n += 1) {
    const { code, ms } = await attack(agent, name);
    assert.ok(ATTACKS[name]?.includes(code), `${name} ended as ${code}`);
    times.push(ms);
  }
  assert.ok(Math.min(...times) < limitMs + 2000, `${name} took ${times.join(', ')} ms`);
};

/** Each end is in the log with its code, as often as the attack was tried. */
const assertOnRecord = async (agent: Agent, attacks: readonly string[]): Promise<void> => {
  const codes = (await agent.audit())
    .filter(({ event }) => event === 'step_executed')
    .map(({ data }) => (data as { readonly code?: string }).code)
    .filter((code) => code !== undefined);
  const expected = attacks.map((name) => ATTACKS[name] ?? []);
  assert.ok(codes.length >= expected.length, codes.join());
  for (const names of expected)
    assert.ok(
      codes.some((code) => names.includes(code)),
      codes.join(),
    );
};

const goodTask = async (agent: Agent): Promise<void> => {
  const task = await agent.submit('find what the documents say about another thing');
  const done = await agent.until(String(task['task_id']), isOver);
  assert.equal(done['status'], 'completed', JSON.stringify(done));
};

test('cell.hostile: each hostile step ends within its limits with a coded reason, and the next task runs', async () => {
  const names = Object.keys(ATTACKS);
  const others = names.filter((name) => !isTimed(name));
  for (const [agent, attacks, { cpu_ms, wall_ms }] of [
    [narrow, names.filter(isTimed), NARROW],
    [shipped, others, SHIPPED],
  ] as const) {
    for (const name of attacks) {
      await attackAsNamed(agent, name, ATTACKS[name]?.includes('wall') ? wall_ms : cpu_ms);
      await goodTask(agent);
    }
    await assertOnRecord(agent, attacks);
    await agent.assertChainValid();
  }
});

test('cell.hostile: a cell killed from outside fails its step as a crash, and the next task runs', async () => {
  const agent = shipped;
  const submitted = await agent.submit('summarize user_docs/never.md');
  const id = String(submitted['task_id']);
  await agent.untilRecorded('handle_call');
  for (const cell of await cellsOf(agent.pid)) process.kill(cell, 'SIGKILL');
  const task = await agent.until(id, isOver);
  assert.equal(step(task, 'summarize')['code'], 'crash', JSON.stringify(task));
  await goodTask(agent);
});

test(`cell.hostile: after ${ROUNDS} rounds of attacks the broker is no larger than before`, async () => {
  const agent = narrow;
  const names = ['loop', 'never', 'getter', 'memory', 'large', 'shape'];
  const round = () => Promise.all(names.map((name) => attack(agent, name)));
  // The first search starts the index thread; what comes after it is what may not grow.
  await goodTask(agent);
  await round();
  await round();
  const before = await residentBytes(agent.pid);
  for (let n = 0; n < ROUNDS; n += 1) await round();
  await goodTask(agent);
  const after = await residentBytes(agent.pid);
  assert.ok(after < before * 1.2, `${before} bytes before, ${after} after`);
});

test('cell.hostile: with the shipped limits a loop and a promise that never settles end in time', {
  skip: LONG ? false : 'takes the whole 30 s of the shipped wall limit: runs with --long',
}, async () => {
  const agent = shipped;
  await attackAsNamed(agent, 'loop', SHIPPED.cpu_ms);
  await attackAsNamed(agent, 'getter', SHIPPED.cpu_ms);
  await attackAsNamed(agent, 'never', SHIPPED.wall_ms);
  await goodTask(agent);
});
