import type { Budgets, Usage } from '../../vocabulary/budget.ts';
import { sha256 } from '../../vocabulary/digest.ts';
import type { Label } from '../../vocabulary/enums.ts';
import { AgentError, type ErrorCode, toAgentError } from '../../vocabulary/errors.ts';
import type { Sha256Hex } from '../../vocabulary/ids.ts';
import type { JsonObject } from '../../vocabulary/json.ts';
import type { InstalledStep } from '../../vocabulary/manifest.ts';
import type { AccessScope, Resource } from '../../vocabulary/resource.ts';
import { checkValue } from '../catalog/schema-profile/check-value.ts';
import type { StepOutcome } from '../supervisor/supervisor.ts';
import { admitToolCall } from './admit-tool-call.ts';
import { type ExecutorDeps, makeAttempt } from './attempt-step.ts';
import { makeEffectsUnderWay } from './effects-under-way.ts';
import { type DecideTool, type InvokeTool, makeInvokeTool } from './invoke-tool.ts';
import { makeRefusedCalls, type RefusedCalls } from './refused-calls.ts';
import type { CallJournal } from './step-gateways.ts';
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
  /** True where the mode promises that its cell runs nothing before or after it. */
  readonly sensitive: boolean;
  readonly signal: AbortSignal;
  readonly journal: CallJournal;
  /** For the tools that it holds a handle for. */
  readonly decideTool: DecideTool;
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

export const makeStepExecutor = (deps: ExecutorDeps): StepExecutor => ({
  execute: async (order) => {
    const started = deps.now();
    const meter = makeStepMeter(order.used, order.budgets, order.inputLabel);
    const activeMs = () => Math.max(0, deps.now() - started);
    try {
      if (order.step.kind === 'tool') meter.chargeToolCall();
      const { output, bytes } = await whileEnabled(order, meter, deps);
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

// The one place where a step or tool runs: no longer than its plugin is enabled in just these bytes. One that
// is cancelled because its plugin lost its trust says so; one that its task cancelled does not.
const whileEnabled = async (
  order: StepOrder,
  meter: StepMeter,
  deps: ExecutorDeps,
): Promise<{ output: JsonObject; bytes: number }> => {
  const { step } = order;
  const enabled = deps.whileEnabled(step);
  try {
    if (enabled.aborted) throw revoked(step);
    return await run({ ...order, signal: AbortSignal.any([order.signal, enabled]) }, meter, deps);
  } catch (thrown) {
    const error = toAgentError(thrown);
    throw error.code === 'cancelled' && enabled.aborted && !order.signal.aborted
      ? revoked(step)
      : error;
  }
};

const revoked = ({ plugin, version }: InstalledStep): AgentError =>
  new AgentError({
    code: 'revoked',
    message: `plugin \`${plugin}\` \`${version}\` is enabled no longer`,
  });

const run = async (
  order: StepOrder,
  meter: StepMeter,
  deps: ExecutorDeps,
): Promise<{ output: JsonObject; bytes: number }> => {
  const { step, input, resources, journal, signal } = order;
  const fits = checkValue(step.input, input);
  if (!fits.ok) {
    throw new AgentError({
      code: 'input_invalid',
      message: `input of \`${nameOf(step)}\` at \`${fits.at}\`: ${fits.problem}`,
    });
  }
  const effects = makeEffectsUnderWay();
  const refusals = makeRefusedCalls();
  const ticket =
    step.kind === 'tool'
      ? await admitToolCall(
          { tool: step.entry, args: input, resources },
          { firewall: deps.tools.firewall, journal, signal },
        )
      : null;
  const invokeTool = step.kind === 'tool' ? null : invokeToolFrom(order, meter, deps);
  const attempt = makeAttempt(order, meter, effects, refusals, { ticket, invokeTool }, deps);

  const first = await attempt({ fresh: false });
  // Nobody knows how far a cell came that crashed. Only a step of which a second run does no harm runs twice,
  // and none that had begun an effect, whatever its manifest says (attacks 79, 183).
  const again = codeOf(first) === 'crash' && step.idempotent && !effects.any() && !signal.aborted;
  if (!again) return checked(step, first, refusals);
  await journal.retried('crash');
  const second = await attempt({ fresh: true });
  return checked(step, codeOf(second) === 'quarantined' ? first : second, refusals);
};

// The tool runs under the same grant, meter and journal as the step that invokes it, in another cell.
const invokeToolFrom = (order: StepOrder, meter: StepMeter, deps: ExecutorDeps): InvokeTool =>
  makeInvokeTool({
    decideTool: order.decideTool,
    journal: order.journal,
    meter,
    turns: deps.tools.turns,
    run: async ({ tool, resources }, args, signal) => {
      const both = AbortSignal.any([order.signal, signal]);
      const nested: StepOrder = { ...order, step: tool, input: args, resources, signal: both };
      return (await whileEnabled(nested, meter, deps)).output;
    },
  });

const nameOf = ({ kind, entry, action }: InstalledStep): string =>
  kind === 'tool' ? entry : action;

const codeOf = (outcome: StepOutcome): string =>
  outcome.kind === 'failed' ? outcome.code : outcome.kind;

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
      message: `output of \`${nameOf(step)}\` at \`${fits.at}\`: ${fits.problem}`,
    });
  }
  return { output: outcome.output, bytes: outcome.bytes };
};
