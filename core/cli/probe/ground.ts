import { setTimeout as pause } from 'node:timers/promises';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { type AgentClient, makeAgentClient } from '../agent-client.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { type Canaries, plantCanaries } from './canaries.ts';
import { makeRangeFolder, OTHER_DOCUMENT, type RangeFolder } from './range-folder.ts';
import { type RangeProcess, startRangeProcess } from './range-process.ts';
import { runTask } from './run-task.ts';

const START_MS = 30_000;
const POLL_MS = 10;

/** One agent, its client, its canaries. */
export interface Ground {
  readonly folder: RangeFolder;
  readonly broker: RangeProcess;
  readonly client: AgentClient;
  readonly canaries: Canaries;
  /** Whether it still runs a task that nobody attacks. */
  serves(): Promise<boolean>;
  close(): Promise<void>;
}

/** Starts the agent and plants the canaries around it. @throws CommandFailure saying why it does not stand */
export const startGround = async (profile: ProfileName): Promise<Ground> => {
  const folder = await makeRangeFolder();
  const canaries = await plantCanaries(folder);
  const broker = startRangeProcess(profile, folder.env);
  const { socket, tokenFile } = folder;
  const client = makeAgentClient({ bind: `unix:${socket}`, tokenFile });
  const close = async (): Promise<void> => {
    await broker.stop();
    await canaries.close();
    await folder.remove();
  };
  try {
    await isUp(broker, client);
    // Another task's data: it lies in the store, and went through a cell.
    if (!(await servesTasks(client))) {
      throw new CommandFailure(EXIT.failed, 'the agent under attack runs no task');
    }
  } catch (thrown) {
    await close();
    throw thrown;
  }
  return Object.freeze<Ground>({
    folder,
    broker,
    client,
    canaries,
    serves: () => servesTasks(client).catch(() => false),
    close,
  });
};

const isUp = async (broker: RangeProcess, client: AgentClient): Promise<void> => {
  const end = performance.now() + START_MS;
  while (!(await broker.hasEnded()) && performance.now() < end) {
    const healthy = await client.get('/health').then(
      () => true,
      () => false,
    );
    if (healthy) return;
    await pause(POLL_MS);
  }
  throw new CommandFailure(
    EXIT.failed,
    `the agent under attack does not start:\n${broker.takeLog()}`,
  );
};

const servesTasks = async (client: AgentClient): Promise<boolean> => {
  const { status } = await runTask(client, `read user_docs/${OTHER_DOCUMENT}`, START_MS);
  return status === 'completed';
};
