import { readdir } from 'node:fs/promises';
import { Socket } from 'node:net';
import { pinToCore } from '../linux/affinity.ts';
import { encodeFromOwned, type FromOwned, parseAttack } from '../protocol/owned.ts';
import { parseCellArguments } from './cell-arguments.ts';
import { lockThisProcess } from './lock/lock-this-process.ts';
import { bindTools } from './owned/attack-function.ts';
import { firstFrame } from './owned/first-frame.ts';
import { startOlderThread } from './owned/older-thread.ts';
import { prepareAttack } from './owned/prepare-attack.ts';
import { readWall } from './read-wall.ts';
import { refuseToServe } from './refuse-to-serve.ts';

// A cell that its attacker owns from the first moment after the lock: the wall of `main.ts`, and in place of
// isolates the attack itself, in the cell's own context, with every system call in hand. `doctor`, `probe` and
// tests start it; what serves guests never does.

const end = (): void => {
  process.kill(process.pid, 'SIGKILL');
};

const tools = bindTools();
try {
  const { profile, weak, core } = parseCellArguments(process.argv.slice(2));
  const wall = readWall(profile);
  const channel = new Socket({ fd: 3, readable: true, writable: true });
  const say = (message: FromOwned): Promise<void> =>
    new Promise((resolve) => channel.write(encodeFromOwned(message), () => resolve()));
  channel.on('error', end);

  const attack = prepareAttack(parseAttack(await firstFrame(channel)));
  const report = (line: string): void => void say({ type: 'report', text: String(line) });
  const thread = await startOlderThread(report);
  // The threads of libuv's pool start with the first work; here they are older than the lock.
  await Promise.all(Array.from({ length: 4 }, () => readdir('/proc/self/task')));
  if (core !== undefined) pinToCore(core);

  const lock = lockThisProcess(wall, weak, tools.syscall);

  channel.on('end', end);
  channel.on('close', end);
  await say({ type: 'locked', lock });
  const ended = await attack({
    ...tools,
    report,
    send: (bytes) => void channel.write(bytes),
    onThread: thread.run,
  }).then(
    (text): FromOwned => ({ type: 'ended', how: 'returned', text }),
    (thrown: unknown): FromOwned => ({ type: 'ended', how: 'threw', text: String(thrown) }),
  );
  await say(ended);
  end();
} catch (thrown) {
  refuseToServe(thrown, tools.syscall);
}
