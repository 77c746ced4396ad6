import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SERVE } from './agent.ts';

/** How one command ended and what it said. */
export interface CommandEnd {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Another program than the Node that runs the test. */
  readonly program?: string;
  /** Milliseconds after which it is ended. */
  readonly timeout?: number;
}

/** Runs `secai-agent` as a user does, in a process of its own, with no more environment than is given. */
export const secaiAgent = (
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandEnd> =>
  runCommand(options.program ?? process.execPath, [SERVE, ...args], options);

export const runCommand = async (
  program: string,
  args: readonly string[],
  { env = {}, cwd, timeout = 60_000 }: CommandOptions = {},
): Promise<CommandEnd> => {
  const child = spawn(program, [...args], {
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    ...(cwd === undefined ? {} : { cwd }),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  await once(child, 'close');
  const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
  return { code: child.exitCode, out: textOf(out), err: textOf(err) };
};
