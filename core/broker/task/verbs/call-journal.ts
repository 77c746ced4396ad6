import { AgentError } from '../../../vocabulary/errors.ts';
import type { StepId, TaskId } from '../../../vocabulary/ids.ts';
import type { JsonObject } from '../../../vocabulary/json.ts';
import type { CallJournal, HandleCall } from '../../execute/step-gateways.ts';
import { resourceEvidence, toolEvidence } from '../../policy/policy-evidence.ts';
import { stepOf } from '../state/progress.ts';
import type { TaskState } from '../state/task-state.ts';
import type { TaskParts } from './task-parts.ts';

/** Writes the handle calls of one step down: effects as events of its task, the rest in the log alone. */
export const makeCallJournal = (
  task: TaskId,
  step: StepId,
  { ledger, audit, now, policy }: Pick<TaskParts, 'ledger' | 'audit' | 'now' | 'policy'>,
): CallJournal => {
  const ids = { task_id: task, step_id: step };
  const factsOf = (call: HandleCall): JsonObject => ({
    ...resourceEvidence([call.resource], policy.logging)[0],
    method: call.method,
    ...(call.bytes === undefined ? {} : { bytes: call.bytes }),
  });
  const isRunning = (state: TaskState | undefined): boolean =>
    state !== undefined && stepOf(state, step)?.status === 'running';

  return Object.freeze<CallJournal>({
    observed: async (call) => {
      audit.record({ event: 'handle_call', data: { ...ids, ...factsOf(call) } });
      await audit.written();
    },
    toolCalled: async ({ tool, digest, verdict, code, reason }) => {
      const data = {
        ...ids,
        ...toolEvidence(tool),
        ...(digest === undefined ? {} : { arguments_sha256: digest }),
        verdict,
        ...(code === undefined ? {} : { code }),
        ...(reason === undefined || !policy.logging.policyDecisions ? {} : { reason }),
      };
      await audit.append({ event: 'tool_call', data });
    },
    retried: async (code) => {
      await audit.append({ event: 'step_retried', data: { ...ids, code } });
    },
    began: async (call) => {
      await ledger.apply(task, (state) => {
        if (isRunning(state)) {
          return [{ kind: 'effect_began', at: now(), step, facts: factsOf(call) }];
        }
        throw new AgentError({ code: 'cancelled', message: 'the step is over' });
      });
    },
    ended: async (call, outcome) => {
      const facts = { ...factsOf(call), ...outcome };
      let late = true;
      if (isRunning(ledger.get(task))) {
        await ledger.apply(task, (state) => {
          late = !isRunning(state);
          return late ? [] : [{ kind: 'effect_ended', at: now(), step, facts }];
        });
      }
      // Cancelled while it was under way, or even forgotten since: the log alone still learns how it ended.
      if (late) await audit.append({ event: 'effect_completed', data: { ...ids, late, ...facts } });
    },
  });
};
