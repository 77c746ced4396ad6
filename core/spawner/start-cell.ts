import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { Socket } from 'node:net';
import { sendDescriptors } from '../linux/pass-descriptors.ts';
import { openPidfd } from '../linux/pidfd.ts';
import { makePipe } from '../linux/pipe.ts';
import { makeSocketPair } from '../linux/socket-pair.ts';
import { makeFirstLine } from './first-line.ts';

/** `nobody` of every distribution: what a cell is when root started the agent (attack 213). */
export const NOBODY = 65_534;
/** What a dead cell had written is waited for this long. */
const LAST_WORDS_MS = 100;
/** No cell of ours prints this much, however it ends. */
const MOST_PRINTED = 65_536;

export interface CellEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
}

export interface StartedCell {
  readonly pid: number;
  readonly ended: Promise<CellEnd>;
  kill(): void;
}

/**
 * Starts one cell with an empty environment, cwd `/`, and four descriptors: nothing to read, two pipes,
 * its channel. The other end of the channel and a pidfd go over `descriptors`; this process keeps neither.
 * @throws LinuxError or Node's error when the kernel refuses
 */
export const startCell = (command: readonly string[], descriptors: number): StartedCell => {
  const [ours, theirs] = makeSocketPair();
  const [out, outEnd] = makePipe();
  const [complaints, complaintsEnd] = makePipe();
  let child: ChildProcess | undefined;
  try {
    child = spawn(process.execPath, command, {
      // Coverage would add its variable to an empty environment, so it is named and undefined.
      env: { NODE_V8_COVERAGE: undefined },
      cwd: '/',
      stdio: ['ignore', outEnd, complaintsEnd, theirs],
      ...(process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {}),
    });
    const ended = endOf(child, out, complaints);
    handOver(child.pid, ours, descriptors);
    const started = child;
    return Object.freeze({ pid: child.pid ?? 0, ended, kill: () => void started.kill('SIGKILL') });
  } catch (thrown) {
    child?.kill('SIGKILL');
    if (child === undefined) for (const end of [out, complaints]) closeSync(end);
    throw thrown;
  } finally {
    for (const end of [ours, theirs, outEnd, complaintsEnd]) closeSync(end);
  }
};

const handOver = (pid: number | undefined, channel: number, descriptors: number): void => {
  if (pid === undefined) throw new Error('no process starts');
  // Nothing has waited for this child yet, so its pid is still its own.
  const pidfd = openPidfd(pid);
  try {
    sendDescriptors(descriptors, [channel, pidfd]);
  } finally {
    closeSync(pidfd);
  }
};

const endOf = async (child: ChildProcess, out: number, complaints: number): Promise<CellEnd> => {
  const first = makeFirstLine();
  // What a cell prints is nobody's business, but a full pipe would stop it.
  readSome(out, () => {});
  const stderr = readSome(complaints, first.take);
  const closed = new Promise<void>((resolve) => stderr.once('close', () => resolve()));
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
    child.once('exit', (...how) => resolve(how));
    child.once('error', () => resolve([null, null]));
  });
  await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS))]);
  return { code, signal, said: first.text() };
};

// One that prints without end would keep this process from starting and burying others: its pipe is closed.
const readSome = (fd: number, take: (chunk: Uint8Array) => void): Socket => {
  const pipe = new Socket({ fd, readable: true, writable: false });
  let room = MOST_PRINTED;
  pipe.on('data', (chunk: Uint8Array) => {
    take(chunk);
    room -= chunk.length;
    if (room < 0) pipe.destroy();
  });
  return pipe;
};
