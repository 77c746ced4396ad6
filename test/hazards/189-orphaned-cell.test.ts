import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { isAlive, untilGone } from '../harness/processes.ts';

const BROKER = `
import { handleOf, jobOf, realSupervisor } from ${JSON.stringify(
  new URL('../broker/supervisor/job.js', import.meta.url).href,
)};
let cell;
const tell = handleOf('path', { read: async () => { process.stdout.write(String(cell)); return 1; } });
await realSupervisor().run(jobOf('await handles.path.read(); for (;;);', {
  handles: [tell],
  onStarted: ({ pid }) => { cell = pid; },
}));
`;

test('a cell whose broker is killed while its step loops ends by itself', async () => {
  const broker = spawn(process.execPath, ['--input-type=module', '--eval', BROKER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(broker.stdout, 'data');
  const cell = Number(String(line));
  assert.ok(isAlive(cell));
  broker.kill('SIGKILL');
  await once(broker, 'exit');
  // well before the cpu limit of 5 s would end the loop and with it the reason to live on
  assert.ok(await untilGone(cell, 3000));
});
