import type { Buffer } from 'node:buffer';
import { makeFrameReader, violation } from '../../protocol/frame.ts';
import { parseFromCell } from '../../protocol/from-cell.ts';
import type { StepLimits } from '../../protocol/limits.ts';
import {
  type FromCell,
  type KernelLayer,
  MAX_FRAME_FROM_CELL,
  type ToCell,
} from '../../protocol/messages.ts';
import { narrowLimits } from '../../protocol/parse-limits.ts';
import type { SandboxProfile } from '../../protocol/profile.ts';
import { encodeToCell } from '../../protocol/to-cell.ts';
import { assertVersions } from '../../protocol/versions.ts';
import type { ProfileName } from '../../vocabulary/enums.ts';
import { AgentError, toAgentError } from '../../vocabulary/errors.ts';
import type { PluginId } from '../../vocabulary/ids.ts';
import type { CellEnd } from './cell-end.ts';
import type { CellProcess, CellUsage } from './cell-process.ts';
import { makeIdle } from './idle.ts';
import { type RunningStep, type StepEnd, startRunningStep } from './running-step.ts';
import { type FailureCode, failed, type StepJob } from './step-job.ts';
import { watchIdle } from './watch-idle.ts';

/** One cell, from its hello to its death. It runs one step at a time. */
export interface Session {
  readonly pid: number;
  readonly layers: readonly KernelLayer[];
  /** Never rejects. */
  run(job: StepJob): Promise<StepRun>;
  /** False as soon as it is known that no further step can run in it. */
  isAlive(): boolean;
  /** Settled when the process is gone, whoever ended it. */
  readonly ended: Promise<CellEnd>;
  /** Ends the cell for no fault of its own. */
  dismiss(): void;
}

export interface StepRun extends StepEnd {
  /** Whether the cell can take another step: `full` is whole but has no room, `gone` has ended. */
  readonly after: Promise<'free' | 'full' | 'gone'>;
}

/** Told of each violation, so that it can be audited: it means a hostile cell. */
export type OnViolation = (event: Violation) => void;

export interface Violation {
  readonly pid: number;
  readonly profile: ProfileName;
  /** The plugin whose step ran in the cell last; null before the first. */
  readonly plugin: PluginId | null;
  readonly message: string;
}

const START_MS = 10_000;
/** After its report a cell has this long to say that the isolate is gone (attack 55). */
const IDLE_MS = 1000;
/** The part of its memory that a cell may hold between two steps. */
const IDLE_PART = 1 / 2;
/** What a dead process had written is read for this long. */
const LAST_WORDS_MS = 200;

/**
 * Takes a started process through hello and setup to its first idle.
 *
 * Whatever comes up the channel is taken as hostile. The state says which message may come now; any
 * other, and any that does not parse, kills the cell, and the step that it ran ends as `violation`.
 * @throws sandbox_unavailable when the cell does not come up or tells versions that are refused
 */
export const openSession = async (
  process: CellProcess,
  profile: SandboxProfile,
  onViolation: OnViolation,
): Promise<Session> => {
  const { pid, channel } = process;
  let layers: readonly KernelLayer[] | undefined;
  let steps = 0;
  let step: RunningStep | undefined;
  let baseline: Promise<CellUsage | undefined> = Promise.resolve(undefined);
  let plugin: PluginId | null = null;
  let end: CellEnd | undefined;
  let dead = false;
  let gone = false;
  let unwatch = (): void => {};
  let why = 'the cell ended before it was ready';

  const kill = (cause: CellEnd): void => {
    end ??= cause;
    dead = true;
    unwatch();
    process.kill();
  };
  const late = (): void => kill('wall');
  let nextIdle = makeIdle(late);

  /** Settled when the kernel has taken the last byte: a cell that reads nothing stops it there. */
  const send = (message: ToCell): Promise<void> =>
    new Promise((resolve) => {
      if (dead) resolve();
      else channel.write(encodeToCell(message), () => resolve());
    });
  const accept = (message: FromCell): void => {
    if (message.type === 'hello') {
      if (layers !== undefined) throw violation('second hello');
      layers = message.lock.layers;
      assertVersions(message.versions);
      void send({ type: 'setup', limits: profile.limits });
    } else if (message.type === 'idle' && (step === undefined || step.isSettled())) {
      if (layers === undefined || message.step !== steps || nextIdle.isOver()) {
        throw violation('idle out of order');
      }
      step = undefined;
      baseline = process.usage();
      unwatch = watchIdle(process, profile.limits, kill);
      nextIdle.settle(true);
    } else if (step === undefined) throw violation(`\`${message.type}\` without a step`);
    else step.accept(message);
  };
  const refuse = (thrown: unknown): void => {
    const { code, message } = toAgentError(thrown);
    why = message;
    kill('violation');
    step?.violated(message);
    if (code === 'violation') onViolation({ pid, profile: profile.name, plugin, message });
  };

  const read = makeFrameReader(MAX_FRAME_FROM_CELL);
  channel.on('data', (chunk: Buffer) => {
    if (dead) return;
    try {
      for (const frame of read(chunk)) if (!dead) accept(parseFromCell(frame));
    } catch (thrown) {
      refuse(thrown);
    }
  });
  channel.on('error', () => kill('crash'));
  // Its end is told here before whoever waits for the process can tell of it.
  channel.once('end', () => {
    gone = true;
  });
  const closed = new Promise<void>((resolve) => channel.once('close', resolve));
  const ended = process.exited.then(async (exit) => {
    gone = true;
    // Before its hello a cell has run nobody's code but ours.
    if (layers === undefined && exit.said) why = `${why}: ${exit.said}`;
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, LAST_WORDS_MS))]);
    dead = true;
    unwatch();
    channel.destroy();
    const reason = step?.died(exit) ?? 'crash';
    nextIdle.settle(false);
    return end ?? reason;
  });

  // A step may leave a cell full, whose next step would be killed for memory that it never held.
  const room = async (): Promise<'free' | 'full'> => {
    const usage = await baseline;
    if (usage !== undefined && usage.rssBytes <= profile.limits.rss_mb * MB * IDLE_PART)
      return 'free';
    kill('dismissed');
    return 'full';
  };
  const peakOf = async (ran: RunningStep): Promise<number> =>
    Math.max(ran.lastSeen().peakRssBytes, (await process.usage())?.peakRssBytes ?? 0);
  const dismiss = (): void => kill('dismissed');

  const run = async (job: StepJob): Promise<StepRun> => {
    const atStart = await baseline;
    if (dead || atStart === undefined) {
      kill(steps > 0 ? 'crash' : 'dismissed');
      return notStarted('sandbox_unavailable', 'the cell cannot be watched', 'gone');
    }
    // Who cancels while the cell is being looked at is heard here: an abort is not told twice.
    if (job.signal.aborted) return notStarted('cancelled', 'the step was cancelled', 'free');
    const limits = narrowLimits(profile.limits, job.limits);
    const message = messageOrNone(runMessage(steps + 1, job, limits));
    if (message === undefined) {
      return notStarted('argument_too_large', 'the input does not fit one message', 'free');
    }
    unwatch();
    steps += 1;
    plugin = job.plugin;
    nextIdle = makeIdle(late);
    const { within } = nextIdle;
    step = startRunningStep({ number: steps, job, limits, process, atStart, send, kill });
    job.onStarted?.({ pid });
    channel.write(message);
    const running = step;
    const stepEnd = await running.ended;
    const after = within(IDLE_MS).then((isIdle) => (isIdle ? room() : 'gone'));
    if (job.onEnded) job.onEnded({ pid, peakRssBytes: await peakOf(running) });
    return { ...stepEnd, after };
  };

  if (!(await nextIdle.within(START_MS)) || layers === undefined) {
    throw new AgentError({ code: 'sandbox_unavailable', message: why });
  }
  return Object.freeze({ pid, layers, run, isAlive: () => !dead && !gone, ended, dismiss });
};

const MB = 1024 * 1024;

const notStarted = (code: FailureCode, message: string, after: 'free' | 'gone'): StepRun => ({
  outcome: failed(code, message),
  death: null,
  after: Promise.resolve(after),
});

/** Undefined for what is over the cap of a frame, which only the input of a step can bring about. */
const messageOrNone = (message: ToCell): Buffer | undefined => {
  try {
    return encodeToCell(message);
  } catch {
    return undefined;
  }
};

const runMessage = (step: number, job: StepJob, limits: StepLimits): ToCell => ({
  type: 'run',
  step,
  source: job.source,
  entry: job.entry,
  input: JSON.stringify(job.input),
  handles: JSON.stringify(
    job.handles.map(({ parameter, index, id, methods }) => ({
      parameter,
      index,
      id,
      methods: [...methods.keys()],
    })),
  ),
  now: job.now,
  seed: job.seed,
  limits,
});
