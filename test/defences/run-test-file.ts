import { spawn } from 'node:child_process';
import { cleanEnvironment } from './clean-environment.ts';

/** How one test file ended. Only `failed` proves something: a test ran and said no. */
export type TestEnd =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly names: readonly string[] }
  | { readonly kind: 'hung' }
  /** It did not load, or no test in it ran. */
  | { readonly kind: 'empty'; readonly output: string };

/** Runs one compiled test file in a process group of its own, and ends all that it leaves behind. */
export const runTestFile = async (file: string, cwd: string, mostMs: number): Promise<TestEnd> => {
  const child = spawn(process.execPath, ['--test-reporter=tap', file], {
    cwd,
    env: cleanEnvironment(),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const { pid } = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    endGroup(pid);
  }, mostMs);
  // A test that failed may have left the agent that it started; what holds our pipe would hold us too.
  child.once('exit', () => endGroup(pid));
  await new Promise((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return hung ? { kind: 'hung' } : endOf(output);
};

const endGroup = (pid: number | undefined): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // nothing of it is left
  }
};

const endOf = (output: string): TestEnd => {
  const names = [...output.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name = '']) => name);
  if (names.length > 0) return { kind: 'failed', names };
  const passed = Number(/^# pass (\d+)$/m.exec(output)?.[1] ?? 0);
  const failed = Number(/^# fail (\d+)$/m.exec(output)?.[1] ?? 1);
  return passed > 0 && failed === 0 ? { kind: 'passed' } : { kind: 'empty', output };
};
