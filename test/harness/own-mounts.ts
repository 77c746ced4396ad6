import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// `own-mounts.js ARGUMENT…` becomes `node ARGUMENT…` with mounts of its own: what is mounted there is gone with
// the process, however a test ends.

const [main = '', ...rest] = process.argv.slice(2);
if (main !== '') {
  const command = ['unshare', '--mount', process.execPath, main, ...rest];
  process.execve?.('/usr/bin/unshare', command, process.env);
}

/** The words after `node` that start a program so. */
export const withOwnMounts = (program: readonly string[]): readonly string[] => [
  fileURLToPath(import.meta.url),
  ...program,
];

/** Runs a command among the mounts of a process that was started so. */
export const amongMountsOf = (pid: number, command: readonly string[]): void => {
  execFileSync('/usr/bin/nsenter', ['--target', `${pid}`, '--mount', ...command]);
};
