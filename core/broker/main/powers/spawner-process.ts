import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { makeSocketPair } from '../../../linux/socket-pair.ts';
import { makeLineReader } from '../../../protocol/lines.ts';
import {
  MAX_ANSWER_LINE,
  parseSpawnerAnswer,
  type SpawnerAnswer,
} from '../../../protocol/spawner.ts';

/** As small as it works: the spawner holds no data, and everything in it is there before the first cell. */
const SPAWNER_FLAGS: readonly string[] = [
  '--jitless',
  '--disable-proto=throw',
  '--disable-sigusr1',
  '--max-semi-space-size=1',
  '--max-old-space-size=32',
];
/** So much of what it writes to stderr is kept: the reason of a failed start. */
const KEPT_CHARACTERS = 4096;
const CLOSE_MS = 2000;

export interface SpawnerProcess {
  /** The socket in which the descriptors of started cells arrive. */
  readonly descriptors: number;
  ask(line: string): void;
  /** Whether the event loop has to wait for it. */
  hold(held: boolean): void;
  kill(): void;
  close(): Promise<void>;
}

interface Listener {
  /** @throws to end the spawner */
  answer(answer: SpawnerAnswer): void;
  ended(reason: string): void;
}

/** Starts the process and speaks its lines. Whatever it answers that is no answer ends it. */
export const startSpawnerProcess = (
  program: readonly string[],
  listener: Listener,
): SpawnerProcess => {
  const [ours, theirs] = makeSocketPair();
  const child = spawn(process.execPath, [...SPAWNER_FLAGS, ...program], {
    // Coverage would add its variable to an empty environment, so it is named and undefined.
    env: { NODE_V8_COVERAGE: undefined },
    cwd: '/',
    stdio: ['pipe', 'pipe', 'pipe', theirs],
  });
  closeSync(theirs);
  const { stdin, stdout, stderr } = child;
  if (stdin === null || stdout === null || stderr === null) throw new Error('no pipes');
  let said = '';
  let open = true;
  const over = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  void over.then(() => {
    open = false;
    closeSync(ours);
    const end = child.signalCode ?? `exit code ${child.exitCode}`;
    listener.ended(said === '' ? `the spawner ended: ${end}` : `the spawner ended: ${said.trim()}`);
  });
  const kill = (): void => {
    child.kill('SIGKILL');
  };
  const read = makeLineReader(MAX_ANSWER_LINE);
  stdout.on('data', (chunk: Buffer) => {
    try {
      for (const line of read(chunk)) listener.answer(parseSpawnerAnswer(line));
    } catch {
      kill();
    }
  });
  stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(0, KEPT_CHARACTERS);
  });
  // Its end is told by its exit; until then a line to it is lost like one that it never read.
  stdin.on('error', kill);

  return Object.freeze({
    descriptors: ours,
    ask: (line: string): void => {
      stdin.write(line);
    },
    hold: (held: boolean): void => {
      const handles = [stdin, stdout, stderr].filter((stream) => stream instanceof Socket);
      for (const handle of [child, ...handles]) held ? handle.ref() : handle.unref();
    },
    kill,
    close: async (): Promise<void> => {
      if (!open) return;
      child.ref();
      stdin.end();
      const late = setTimeout(kill, CLOSE_MS);
      await over;
      clearTimeout(late);
    },
  });
};
