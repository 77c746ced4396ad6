import { addUsage, type Budgets, NO_USAGE, type Usage } from '../../vocabulary/budget.ts';
import { highestLabel, type Label } from '../../vocabulary/enums.ts';
import { AgentError } from '../../vocabulary/errors.ts';

/** What one step has used and learned so far; refuses the use that would cross a budget. */
export interface StepMeter {
  /** @throws AgentError `budget_exceeded` before the firewall is asked; calls at once cannot share the last one */
  chargeToolCall(): void;
  /** @throws AgentError `budget_exceeded` before the file is touched */
  touchFile(): void;
  /** Charged for what is returned or written, not for what is read into a cell. */
  chargeOutput(bytes: number): void;
  /** Processor time, spent whatever the step came to. */
  chargeCpu(ms: number): void;
  /** What the task has left of the processor time that its profile gives it. */
  cpuLeft(taskCpuMs: number): number;
  /** The step has now seen data of this label. */
  saw(label: Label): void;
  label(): Label;
  usage(activeMs: number): Usage;
}

export const makeStepMeter = (used: Usage, limit: Budgets, inputLabel: Label): StepMeter => {
  let spent: Usage = { ...NO_USAGE, steps: 1 };
  let label = inputLabel;
  const refuse = (what: string): never => {
    throw new AgentError({
      code: 'budget_exceeded',
      message: `${what} budget would be exceeded`,
    });
  };
  return {
    chargeToolCall: () => {
      const next = { ...spent, toolCalls: spent.toolCalls + 1 };
      if (addUsage(used, next).toolCalls > limit.max_tool_calls) refuse('tool-call');
      spent = next;
    },
    touchFile: () => {
      const next = { ...spent, filesTouched: spent.filesTouched + 1 };
      if (addUsage(used, next).filesTouched > limit.max_files_touched) refuse('files-touched');
      spent = next;
    },
    chargeOutput: (bytes) => {
      const next = { ...spent, outputBytes: spent.outputBytes + bytes };
      if (addUsage(used, next).outputBytes > limit.max_output_bytes) refuse('output-size');
      spent = next;
    },
    chargeCpu: (ms) => {
      spent = { ...spent, cpuMs: spent.cpuMs + ms };
    },
    cpuLeft: (taskCpuMs) => taskCpuMs - addUsage(used, spent).cpuMs,
    saw: (seen) => {
      label = highestLabel(label, seen);
    },
    label: () => label,
    usage: (activeMs) => ({ ...spent, activeMs }),
  };
};
