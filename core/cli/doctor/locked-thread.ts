import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';

// A thread of a locked broker tries with Node's own means what its main thread tries by system calls.

const tell = (tried: string, call: string, act: () => unknown): void => {
  let answered = 'done';
  try {
    act();
  } catch (thrown) {
    answered = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'failed';
  }
  parentPort?.postMessage({ thread: 'worker', tried, call, answered });
};

tell('open a file', 'openat', () => readFileSync(String(workerData)));
// A process begins with a fork, so that is where it ends.
tell('run a program', 'clone', () => {
  const { error } = spawnSync('/bin/true');
  if (error !== undefined) throw error;
});
