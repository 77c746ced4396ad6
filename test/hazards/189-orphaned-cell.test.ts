import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';

const BROKER = `
import { jobOf, realSupervisor } from ${JSON.stringify(
  new URL('../broker/supervisor/job.js', import.meta.url).href,
)};
const onStarted = ({ pid }) => process.stdout.write(pid + '\\n');
await realSupervisor().run(jobOf('for (;;);', { onStarted }));
`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test('a cell whose broker is killed while its step loops ends by itself', async () => {
  const broker = spawn(process.execPath, ['--input-type=module', '--eval', BROKER], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(broker.stdout, 'data');
  const cell = Number(String(line).trim());
  assert.ok(isAlive(cell));
  broker.kill('SIGKILL');
  await once(broker, 'exit');
  const deadline = performance.now() + 5000;
  while (isAlive(cell) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.equal(isAlive(cell), false);
});
