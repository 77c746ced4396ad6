import { violation } from '../../protocol/frame.ts';
import type { StepLimits } from '../../protocol/limits.ts';
import type { FromCell, ToCell } from '../../protocol/messages.ts';
import { makeCalls } from './calls.ts';
import type { CellEnd, DeathReason } from './cell-end.ts';
import type { CellExit, CellProcess, CellUsage } from './cell-process.ts';
import { reasonOfDeath } from './death.ts';
import { limitText } from './limit-text.ts';
import { outcomeOf } from './result.ts';
import { failed, type StepJob, type StepOutcome } from './step-job.ts';
import { startWatchdog } from './watchdog.ts';

/** The broker's side of one step in one cell. */
export interface RunningStep {
  readonly number: number;
  readonly ended: Promise<StepEnd>;
  /** True once the outcome is decided; after that the cell may only say that it is idle. */
  isSettled(): boolean;
  /** @throws violation */
  accept(message: Extract<FromCell, { step: number }>): void;
  /** The cell broke the protocol. Handles die here, whatever it does later. */
  violated(message: string): void;
  /** The process is gone; answers why. */
  died(exit: CellExit): DeathReason;
  /** What the system said last of the cell. */
  lastSeen(): CellUsage;
}

export interface StepEnd {
  readonly outcome: StepOutcome;
  /** Set where the cell ended together with its step, and not because somebody cancelled it. */
  readonly death: DeathReason | null;
}

interface Parts {
  readonly number: number;
  readonly job: StepJob;
  readonly limits: StepLimits;
  readonly process: CellProcess;
  readonly atStart: CellUsage;
  readonly send: (message: ToCell) => Promise<void>;
  /** Kills the cell: what the broker's deadline and a cancellation end is ended for certain. */
  readonly kill: (end: CellEnd) => void;
}

export const startRunningStep = (parts: Parts): RunningStep => {
  const { number, job, limits, process, atStart, send, kill } = parts;
  const { promise: ended, resolve } = Promise.withResolvers<StepEnd>();
  let settled = false;

  const settle = (outcome: StepOutcome, death: DeathReason | null = null): void => {
    if (settled) return;
    settled = true;
    calls.close();
    watchdog.stop();
    job.signal.removeEventListener('abort', cancel);
    resolve({ outcome, death });
  };
  // A cell that a guest owns may tell less than it used, so what the system saw is the least that counts.
  // It looks every 50 ms: a step that lies gains no more than that, and a task has few steps (attack 61).
  const spentCpu = (told = 0): number => Math.max(told, watchdog.lastSeen().cpuMs - atStart.cpuMs);
  const end = (code: DeathReason, message: string): void => {
    settle(failed(code, message, spentCpu()), code);
    kill(code);
  };
  const cancel = (): void => {
    settle(failed('cancelled', 'the step was cancelled', spentCpu()));
    kill('dismissed');
  };

  const calls = makeCalls(job.handles, limits, (seq, body) =>
    send({ type: 'reply', step: number, seq, body }),
  );
  const watchdog = startWatchdog(process, limits, atStart, end);
  job.signal.addEventListener('abort', cancel, { once: true });

  return Object.freeze<RunningStep>({
    number,
    ended,
    isSettled: () => settled,
    accept: (message) => {
      if (message.step !== number) throw violation(`message of step ${message.step}`);
      if (settled) throw violation(`\`${message.type}\` after the result`);
      switch (message.type) {
        case 'call':
          calls.accept(message.seq, message.body);
          return;
        case 'result':
          settle(outcomeOf(message.body, spentCpu(message.cpuMs), limits));
          return;
        case 'failure': {
          const { reason, cpuMs } = message;
          settle(failed(reason, limitText(reason, limits), spentCpu(cpuMs)));
          return;
        }
        case 'idle':
          throw violation('idle before the result');
        default: {
          const never: never = message;
          throw violation(`unknown message \`${String(never)}\``);
        }
      }
    },
    violated: (message) =>
      settle(
        failed('violation', `the cell broke the protocol: ${message}`, spentCpu()),
        'violation',
      ),
    died: (exit) => {
      const code = reasonOfDeath(exit, atStart, watchdog.lastSeen(), limits);
      settle(failed(code, limitText(code, limits), spentCpu()), code);
      return code;
    },
    lastSeen: () => watchdog.lastSeen(),
  });
};
