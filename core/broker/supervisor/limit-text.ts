import type { StepLimits } from '../../protocol/limits.ts';
import type { CellReason } from '../../protocol/messages.ts';

/** What a person reads of a step that outgrew a limit: numbers of the profile, nothing of the guest's. */
export const limitText = (reason: CellReason, limits: StepLimits): string => TEXTS[reason](limits);

const TEXTS: Readonly<Record<CellReason, (limits: StepLimits) => string>> = {
  cpu: (limits) => `the step used more than ${limits.cpu_ms} ms of cpu`,
  wall: (limits) => `the step took longer than ${limits.wall_ms} ms`,
  memory: (limits) => `the step held more than ${limits.heap_mb} MB`,
  crash: () => 'the cell of the step ended',
  result_too_large: (limits) => `the result is over ${limits.result_bytes} bytes`,
  argument_too_large: (limits) => `the arguments are over ${limits.argument_bytes} bytes`,
  too_many_calls: (limits) => `the step made more than ${limits.calls_total} calls`,
};

/** Why data that fits its bytes is refused all the same. */
export const tooMuch = ({ depth, nodes }: StepLimits): string =>
  `nested deeper than ${depth}, or of more than ${nodes} lists and objects`;
