import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PACKAGE_ROOT } from '../../vocabulary/package-root.ts';
import { makeAgentClient } from '../agent-client.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import type { DemoFolder } from './demo-folder.ts';

/** An agent as a child of this process, started as a service manager would start it. */
export interface DemoAgent {
  readonly pid: number;
  stop(): Promise<void>;
}

const START_TIMEOUT_MS = 30_000;
const POLL_MS = 50;

export const startAgent = async (folder: DemoFolder): Promise<DemoAgent> => {
  const program = join(PACKAGE_ROOT, 'dist/core/cli/main.js');
  const child = spawn(process.execPath, [program, 'serve'], {
    env: folder.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said.push(chunk.toString('utf8'));
      if (said.length > 50) said.shift();
    });
  }
  await answers(child, folder, said);
  return {
    pid: child.pid ?? 0,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
};

const answers = async (
  child: ChildProcess,
  folder: DemoFolder,
  said: readonly string[],
): Promise<void> => {
  const client = makeAgentClient({ bind: `unix:${folder.socket}`, tokenFile: undefined });
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const healthy = await client.get('/health').then(
      () => true,
      () => false,
    );
    if (healthy) return;
    await pause(POLL_MS);
  }
  child.kill('SIGKILL');
  throw new CommandFailure(EXIT.unreachable, `the agent did not start:\n${said.join('')}`);
};
