import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';

const LAUNCHER = new URL('../../core/broker/main/powers/spawner-launcher.js', import.meta.url).href;

// Whoever starts the broker may leave it a descriptor that is not close-on-exec; shells do (attack 131). A
// cell that finds one refuses to serve, so a hello is the proof that it did not get it.
const BROKER = `
import { makeSpawnerLauncher } from ${JSON.stringify(LAUNCHER)};
const cells = makeSpawnerLauncher();
const cell = await cells.launch('standard');
cell.channel.once('data', (chunk) => {
  process.stdout.write(chunk.toString('latin1'));
  cell.kill();
});
const { said } = await cell.exited;
process.stdout.write(said);
await cells.close();
`;

// Node itself sees to the first sixteen.
const SKIPPED = Array.from({ length: 40 }, () => 'ignore' as const);

test('a descriptor that the broker was left by its parent reaches no cell', async () => {
  const file = openSync('/etc/hostname', 'r');
  const broker = spawn(process.execPath, ['--input-type=module', '--eval', BROKER], {
    stdio: ['ignore', 'pipe', 'inherit', ...SKIPPED, file],
  });
  closeSync(file);
  assert.ok(broker.stdout !== null);
  assert.match(await text(broker.stdout), /"type":"hello"/);
});
