import { violation } from '../../protocol/frame.ts';
import type { StepLimits } from '../../protocol/limits.ts';
import type { FromCell, ToCell } from '../../protocol/messages.ts';
import { makeCalls } from './calls.ts';
import type { CellExit, CellProcess, CellUsage } from './cell-process.ts';
import { reasonOfDeath } from './death.ts';
import { limitText } from './limit-text.ts';
import { outcomeOf } from './result.ts';
import { type FailureCode, failed, type StepJob, type StepOutcome } from './step-job.ts';
import { startWatchdog } from './watchdog.ts';

/** The broker's side of one step in one cell. */
export interface RunningStep {
  readonly number: number;
  readonly outcome: Promise<StepOutcome>;
  /** True once the outcome is decided; after that the cell may only say that it is idle. */
  isSettled(): boolean;
  /** @throws violation */
  accept(message: Extract<FromCell, { step: number }>): void;
  /** Decides the outcome, unless it is decided. Handles die here, whatever the cell does later. */
  fail(code: FailureCode, message: string): void;
  /** The process is gone. */
  died(exit: CellExit): void;
}

interface Parts {
  readonly number: number;
  readonly job: StepJob;
  readonly limits: StepLimits;
  readonly process: CellProcess;
  readonly atStart: CellUsage;
  readonly send: (message: ToCell) => void;
  /** Kills the cell: what the broker's deadline and a cancellation end is ended for certain. */
  readonly kill: () => void;
}

export const startRunningStep = (parts: Parts): RunningStep => {
  const { number, job, limits, process, atStart, send, kill } = parts;
  const { promise: outcome, resolve } = Promise.withResolvers<StepOutcome>();
  let settled = false;

  const settle = (result: StepOutcome): void => {
    if (settled) return;
    settled = true;
    calls.close();
    watchdog.stop();
    job.signal.removeEventListener('abort', cancel);
    resolve(result);
  };
  const fail = (code: FailureCode, message: string, cpuMs = 0): void =>
    settle(failed(code, message, cpuMs));
  const end = (code: FailureCode, message: string): void => {
    fail(code, message, spentCpu());
    kill();
  };
  const spentCpu = (): number => Math.max(0, watchdog.lastSeen().cpuMs - atStart.cpuMs);
  const cancel = (): void => end('cancelled', 'the step was cancelled');

  const calls = makeCalls(job.handles, limits, (seq, body) =>
    send({ type: 'reply', step: number, seq, body }),
  );
  const watchdog = startWatchdog(process, limits, atStart, end);
  job.signal.addEventListener('abort', cancel, { once: true });

  return Object.freeze({
    number,
    outcome,
    isSettled: () => settled,
    accept: (message: Extract<FromCell, { step: number }>): void => {
      if (message.step !== number) throw violation(`message of step ${message.step}`);
      if (settled) throw violation(`\`${message.type}\` after the result`);
      switch (message.type) {
        case 'call':
          calls.accept(message.seq, message.body);
          return;
        case 'result':
          settle(outcomeOf(message.body, message.cpuMs, limits));
          return;
        case 'failure':
          fail(message.reason, limitText(message.reason, limits), message.cpuMs);
          return;
        case 'idle':
          throw violation('idle before the result');
        default: {
          const never: never = message;
          throw violation(`unknown message \`${String(never)}\``);
        }
      }
    },
    fail,
    died: (exit: CellExit): void => {
      const code = reasonOfDeath(exit, atStart, watchdog.lastSeen(), limits);
      fail(code, limitText(code, limits), spentCpu());
    },
  });
};
