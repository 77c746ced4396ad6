import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { jobOf, realSupervisor } from '../broker/supervisor/job.ts';

/**
 * One row: a step in a fresh isolate through the supervisor against isolated-vm used directly, with
 * the same engine flags, in turns. The ratio is what to watch; the times depend on the machine.
 */
const ROUNDS = 60;
/** Between two rounds the cell makes its next isolate ahead, as it does in service. */
const QUIET_MS = 30;

const RAW = `
import { createInterface } from 'node:readline';
import ivm from ${JSON.stringify(import.meta.resolve('isolated-vm'))};
for await (const line of createInterface({ input: process.stdin })) {
  const startedAt = performance.now();
  const isolate = new ivm.Isolate({ memoryLimit: 32 });
  const context = await isolate.createContext();
  await context.eval(JSON.parse(line), { timeout: 1000, promise: true });
  console.log(performance.now() - startedAt);
  isolate.dispose();
}
`;

const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[times.length >> 1] ?? Number.NaN;

const job = jobOf('return { text: input.text };', { input: { text: 'hello' } });
const script = JSON.stringify(
  `${job.source}; __plugin.steps.main({ text: 'hello' }).then(JSON.stringify)`,
);
const supervisor = realSupervisor();
const flags = ['--jitless', '--no-node-snapshot', '--input-type=module', '--eval', RAW];
const raw = spawn(process.execPath, flags, { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: raw.stdout });

const throughSupervisor: number[] = [];
const direct: number[] = [];
for (let round = 0; round < ROUNDS; round += 1) {
  const startedAt = performance.now();
  const outcome = await supervisor.run(job);
  throughSupervisor.push(performance.now() - startedAt);
  if (outcome.kind === 'failed') throw new Error(outcome.message);
  const answer = once(answers, 'line');
  raw.stdin.write(`${script}\n`);
  direct.push(Number((await answer)[0]));
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
}
raw.stdin.end();
await supervisor.close();

const [ours, theirs] = [median(throughSupervisor), median(direct)];
process.stdout.write(
  `isolate-step  through the supervisor ${ours.toFixed(2)} ms  ` +
    `raw isolated-vm ${theirs.toFixed(2)} ms  ratio ${(ours / theirs).toFixed(2)}\n`,
);
