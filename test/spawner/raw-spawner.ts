import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makeSocketPair } from '../../core/linux/socket-pair.ts';
import { parseSpawnerAnswer, type SpawnerAnswer } from '../../core/protocol/spawner.ts';

const MAIN = fileURLToPath(new URL('../../core/spawner/main.js', import.meta.url));

/** A real spawner without a launcher before it: whatever is written goes to it as it is. */
export interface RawSpawner {
  readonly child: ChildProcess;
  write(text: string): void;
  endInput(): void;
  next(): Promise<SpawnerAnswer>;
  /** Exit code or signal. */
  readonly ended: Promise<number | string>;
}

export const startRawSpawner = (t: TestContext, args: readonly string[] = ['cell']): RawSpawner => {
  const [ours, theirs] = makeSocketPair();
  const child = spawn(process.execPath, ['--jitless', MAIN, ...args], {
    env: { NODE_V8_COVERAGE: undefined },
    cwd: '/',
    stdio: ['pipe', 'pipe', 'ignore', theirs],
  });
  closeSync(theirs);
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('no pipes');
  t.after(() => void child.kill('SIGKILL'));
  stdin.on('error', () => {});
  const lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const ended = once(child, 'exit').then(([code, signal]) => {
    closeSync(ours);
    return code ?? signal;
  });
  return {
    child,
    write: (text) => void stdin.write(text),
    endInput: () => void stdin.end(),
    next: async () => {
      const { value, done } = await lines.next();
      if (done === true) throw new Error('the spawner ended');
      return parseSpawnerAnswer(value);
    },
    ended,
  };
};
