import type { Label } from '../../vocabulary/enums.ts';
import { AgentError, type ErrorCode, toAgentError } from '../../vocabulary/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../vocabulary/json.ts';
import type { InstalledStep } from '../../vocabulary/manifest.ts';
import type { Resource, ToolResource } from '../../vocabulary/resource.ts';
import type { CallJournal } from './step-gateways.ts';
import type { StepMeter } from './step-meter.ts';
import type { Turns } from './take-turns.ts';

/**
 * Decides a call of a tool by a running step as policy would decide a step of its own: the grant as it is now,
 * the catalog as it is now. Nobody can be asked inside a step, so what would have to be asked is refused.
 * @throws AgentError with the code that the log gets
 */
export type DecideTool = (
  tool: string,
  args: JsonObject,
  label: Label,
) => { readonly tool: InstalledStep; readonly resources: readonly Resource[] };

interface InvokeDeps {
  readonly decideTool: DecideTool;
  readonly journal: Pick<CallJournal, 'toolCalled'>;
  readonly meter: Pick<StepMeter, 'chargeToolCall' | 'label'>;
  readonly turns: Turns;
  /** Asks the firewall and runs the tool in a cell of its own. */
  readonly run: (
    decided: ReturnType<DecideTool>,
    args: JsonObject,
    signal: AbortSignal,
  ) => Promise<JsonObject>;
}

export type InvokeTool = (
  resource: ToolResource,
  args: JsonValue,
  signal: AbortSignal,
) => Promise<JsonObject>;

// The arguments are a guest's, the tool is one that its manifest requests by name. Whether that tool is not
// enabled, not in the grant, not allowed by policy or refused by the firewall is on record under its own code,
// written before the answer in each case; the guest gets one answer, so that it cannot learn by trying what the
// policy of this machine is (attacks 150, 235). The tool's output is data: it is returned to the caller, never
// looked into for names, references or further calls (attack 152).

/** One call of a tool handle: policy, firewall, a cell of its own, and its output as data. */
export const makeInvokeTool = ({
  decideTool,
  journal,
  meter,
  turns,
  run,
}: InvokeDeps): InvokeTool => {
  // That the budget is spent is on record once: a step may go on asking thousands of times, and each durable
  // record would cost the log of all tasks more than the call costs the step (attack 184).
  let exhausted = false;
  return async ({ tool }, args, signal) => {
    if (!isJsonObject(args)) {
      throw new AgentError({
        code: 'input_invalid',
        message: 'handle argument: expected an object',
      });
    }
    const decided = await decidedOr(
      async () => {
        meter.chargeToolCall();
        return decideTool(tool, args, meter.label());
      },
      async (code) => {
        if (code === 'budget_exceeded' && exhausted) return;
        exhausted ||= code === 'budget_exceeded';
        await journal.toolCalled({ tool, verdict: 'denied', code });
      },
    );
    const giveBack = await turns.take(signal);
    try {
      return await run(decided, args, signal);
    } catch (thrown) {
      throw forGuest(toAgentError(thrown));
    } finally {
      giveBack();
    }
  };
};

const decidedOr = async <Decided>(
  decide: () => Promise<Decided>,
  record: (code: ErrorCode) => Promise<void>,
): Promise<Decided> => {
  try {
    return await decide();
  } catch (thrown) {
    const refusal = toAgentError(thrown);
    await record(refusal.code);
    throw forGuest(refusal);
  }
};

const ONE_ANSWER: ReadonlySet<ErrorCode> = new Set([
  'tool_not_enabled',
  'tool_not_granted',
  'policy_denied',
  'capability_invalid',
  'firewall_denied',
  'firewall_unavailable',
  'revoked',
  'quarantined',
]);

const forGuest = (refusal: AgentError): AgentError =>
  ONE_ANSWER.has(refusal.code)
    ? new AgentError({
        code: 'tool_unavailable',
        message: 'this tool is not available to this task',
        cause: refusal,
      })
    : refusal;
