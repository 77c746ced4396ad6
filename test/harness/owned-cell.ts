import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, createReadStream } from 'node:fs';
import { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { makePipe } from '../../core/linux/pipe.ts';
import { refuseRings } from '../../core/linux/seccomp/refuse-rings.ts';
import { makeFrameReader } from '../../core/protocol/frame.ts';
import type { LockFacts } from '../../core/protocol/lock-facts.ts';
import { MAX_FRAME_FROM_CELL } from '../../core/protocol/messages.ts';
import { type Attack, encodeAttack, parseFromOwned } from '../../core/protocol/owned.ts';

/** How an owned cell went: what it said, and how its process ended. */
export interface OwnedRun {
  readonly lock: LockFacts | undefined;
  readonly reports: readonly string[];
  /** `returned …` or `threw …`; undefined when the process ended before. */
  readonly ended: string | undefined;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The cell's own line about why it refused. */
  readonly stderr: string;
}

export const CELL_FLAGS: readonly string[] = [
  '--jitless',
  '--no-node-snapshot',
  '--disable-proto=throw',
  '--max-old-space-size=64',
];
const MAIN = fileURLToPath(new URL('../../core/cell/owned.js', import.meta.url));

// What this process starts from now on has no io_uring.
refuseRings();

/** Runs an attack in a real process behind the real lock, and waits for its end. */
export const runOwned = async (
  attack: Attack,
  {
    words = ['standard'],
    wait = 30_000,
  }: { readonly words?: readonly string[]; readonly wait?: number } = {},
): Promise<OwnedRun> => {
  const [reading, writing] = makePipe();
  const child = spawn(process.execPath, [...CELL_FLAGS, MAIN, ...words], {
    env: { NODE_V8_COVERAGE: undefined },
    cwd: '/',
    stdio: ['ignore', 'ignore', writing, 'pipe'],
  });
  closeSync(writing);
  const stderr = text(createReadStream('', { fd: reading }));
  const channel = child.stdio[3];
  if (!(channel instanceof Duplex)) throw new Error('no channel');
  const timer = setTimeout(() => child.kill('SIGKILL'), wait);
  const read = makeFrameReader(MAX_FRAME_FROM_CELL);
  const reports: string[] = [];
  let lock: LockFacts | undefined;
  let ended: string | undefined;
  channel.on('error', () => {});
  channel.on('data', (chunk: Buffer) => {
    for (const message of read(chunk).map(parseFromOwned)) {
      if (message.type === 'locked') lock = message.lock;
      else if (message.type === 'report') reports.push(message.text);
      else ended = `${message.how} ${message.text}`;
    }
  });
  channel.write(encodeAttack(attack));
  const [code, signal] = await once(child, 'close');
  clearTimeout(timer);
  return { lock, reports, ended, code, signal, stderr: await stderr };
};
