import type { Budgets, Usage } from '../../vocabulary/budget.ts';
import { sha256 } from '../../vocabulary/digest.ts';
import type { Label } from '../../vocabulary/enums.ts';
import { AgentError, type ErrorCode, toAgentError } from '../../vocabulary/errors.ts';
import type { PluginId, RandomBytes, Sha256Hex } from '../../vocabulary/ids.ts';
import { type JsonObject, ownValue } from '../../vocabulary/json.ts';
import type { InstalledStep } from '../../vocabulary/manifest.ts';
import type { AccessScope, Resource } from '../../vocabulary/resource.ts';
import { checkValue } from '../catalog/schema-profile/check-value.ts';
import type { StepLog, StepOutcome, Supervisor } from '../supervisor/supervisor.ts';
import { makeEffectsUnderWay } from './effects-under-way.ts';
import { mintHandles } from './mint-handles.ts';
import { makeRefusedCalls, type RefusedCalls } from './refused-calls.ts';
import type { CallJournal, StepGateways } from './step-gateways.ts';
import { makeStepMeter, type StepMeter } from './step-meter.ts';

/** One approved step, everything about it decided; nothing in it is a name still to be resolved. */
export interface StepOrder {
  readonly step: InstalledStep;
  /** Parameters with each reference replaced by the result that it points at. */
  readonly input: JsonObject;
  readonly inputLabel: Label;
  readonly resources: readonly Resource[];
  readonly access: AccessScope;
  readonly used: Usage;
  readonly budgets: Budgets;
  /** True where the mode promises that the cell runs nothing else afterwards. */
  readonly recycle: boolean;
  readonly signal: AbortSignal;
  readonly journal: CallJournal;
}

export type StepReport =
  | {
      readonly kind: 'completed';
      readonly output: JsonObject;
      readonly bytes: number;
      readonly sha256: Sha256Hex;
      readonly label: Label;
      readonly usage: Usage;
    }
  | {
      readonly kind: 'failed';
      readonly code: ErrorCode;
      readonly message: string;
      readonly usage: Usage;
    };

export interface StepExecutor {
  /** Never rejects: whatever goes wrong is a failed report. */
  execute(order: StepOrder): Promise<StepReport>;
}

/** Told of what a step wrote to its console. It is no part of the step's result. */
export type OnLog = (
  event: StepLog & { readonly plugin: PluginId; readonly action: string },
) => void;

export const makeStepExecutor = (deps: {
  readonly supervisor: Pick<Supervisor, 'run'>;
  readonly gateways: StepGateways;
  readonly now: () => number;
  readonly random: RandomBytes;
  readonly onLog?: OnLog;
}): StepExecutor => ({
  execute: async (order) => {
    const started = deps.now();
    const meter = makeStepMeter(order.used, order.budgets, order.inputLabel);
    const activeMs = () => Math.max(0, deps.now() - started);
    try {
      const { output, bytes } = await run(order, meter, deps);
      meter.chargeOutput(bytes);
      const label = meter.label();
      const digest = sha256(JSON.stringify(output));
      return {
        kind: 'completed',
        output,
        bytes,
        sha256: digest,
        label,
        usage: meter.usage(activeMs()),
      };
    } catch (thrown) {
      const { code, message } = toAgentError(thrown);
      return { kind: 'failed', code, message, usage: meter.usage(activeMs()) };
    }
  },
});

// The last milliseconds of a budget are given whole: a limit below this is none that a cell could keep.
const LEAST_WALL_MS = 10;

const run = async (
  order: StepOrder,
  meter: StepMeter,
  deps: Parameters<typeof makeStepExecutor>[0],
): Promise<{ output: JsonObject; bytes: number }> => {
  const { step, input, resources, access, journal, signal } = order;
  const fits = checkValue(step.input, input);
  if (!fits.ok) {
    throw new AgentError({
      code: 'input_invalid',
      message: `input of \`${step.action}\` at \`${fits.at}\`: ${fits.problem}`,
    });
  }
  const content = ownValue(input, 'content');
  const effects = makeEffectsUnderWay();
  const refusals = makeRefusedCalls();
  const minted = mintHandles(resources, {
    effects,
    gateways: deps.gateways,
    journal,
    meter,
    access,
    random: deps.random,
    approvedBytes: typeof content === 'string' ? Buffer.from(content, 'utf8') : null,
  });
  const wallLeft = order.budgets.max_wall_clock_seconds * 1000 - order.used.activeMs;
  const begun = deps.now();
  const outcome = await deps.supervisor.run({
    source: step.source,
    entry: step.action,
    input,
    handles: refusals.watching(minted),
    now: deps.now(),
    seed: Buffer.from(deps.random(4)).readUInt32LE(0),
    signal,
    recycle: order.recycle,
    limits: { wall_ms: Math.max(LEAST_WALL_MS, Math.floor(wallLeft)) },
  });
  await effects.ended();
  if (outcome.log !== undefined) {
    deps.onLog?.({ plugin: step.plugin, action: step.action, ...outcome.log });
  }
  if (outcome.kind === 'failed' && outcome.code === 'wall' && deps.now() - begun >= wallLeft) {
    const seconds = order.budgets.max_wall_clock_seconds;
    throw new AgentError({
      code: 'budget_exceeded',
      message: `wall-clock budget exceeded (${seconds}s/${seconds}s)`,
    });
  }
  return checked(step, outcome, refusals);
};

// What comes out of a cell is hostile until it fits the manifest's closed output schema.
const checked = (
  step: InstalledStep,
  outcome: StepOutcome,
  refusals: RefusedCalls,
): { output: JsonObject; bytes: number } => {
  if (outcome.kind === 'failed') {
    const { code, message } = outcome;
    const refusal = code === 'guest_error' ? refusals.named(message) : undefined;
    throw refusal ?? new AgentError({ code, message });
  }
  const fits = checkValue(step.output, outcome.output);
  if (!fits.ok) {
    throw new AgentError({
      code: 'output_invalid',
      message: `output of \`${step.action}\` at \`${fits.at}\`: ${fits.problem}`,
    });
  }
  return { output: outcome.output, bytes: outcome.bytes };
};
