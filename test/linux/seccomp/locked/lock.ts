import { writeSync } from 'node:fs';
import { bindNative } from '../../../../core/linux/libc.ts';
import { compileSeccomp } from '../../../../core/linux/seccomp/compile-seccomp.ts';
import { installSeccomp, seccompMode } from '../../../../core/linux/seccomp/install-seccomp.ts';
import { type Shipped, shippedProfile } from '../shipped-filter.ts';

const prctl = bindNative(
  'prctl',
  'int prctl(int, unsigned long, unsigned long, unsigned long, unsigned long)',
);
const PR_SET_NO_NEW_PRIVS = 38;

/** Compiles a shipped profile for this process; `install` puts it on every thread. */
export const prepareLock = (name: Shipped): (() => void) => {
  const architecture = process.arch === 'arm64' ? 'arm64' : 'x64';
  const program = compileSeccomp(shippedProfile(name), { architecture, ownPid: process.pid });
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return () => installSeccomp(program);
};

/** Starts this process anew, as one whose loops have no ring: what a strict profile needs. */
export const withoutRing = (): void => {
  if (seccompMode() !== 0) return;
  prepareLock('no-ring')();
  const { execPath, execArgv, argv, env } = process;
  process.execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)], env);
};

/** What an attempt answered: `ok`, or the code of its error. */
export const outcome = async (attempt: () => unknown): Promise<string> => {
  try {
    await attempt();
    return 'ok';
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), 'code');
    return typeof code === 'string' ? code : String(error);
  }
};

/** Says what was found, and stays alive until the test has looked at the threads. */
export const report = (found: Readonly<Record<string, string>>): void => {
  writeSync(1, `${JSON.stringify(found)}\n`);
  process.stdin.on('data', () => process.kill(process.pid, 'SIGKILL'));
};
