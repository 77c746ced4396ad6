import type { Decision } from '../../../vocabulary/decision.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import { checkValue } from '../../catalog/schema-profile/check-value.ts';
import type { DecideTool } from '../../execute/invoke-tool.ts';
import { resolveResources } from '../../grant/resolve.ts';
import { riskOf } from '../../policy/action-facts.ts';
import { decide } from '../../policy/decide.ts';
import { denialCode } from '../../policy/denial-code.ts';
import type { Resolution } from '../../policy/policy-request.ts';
import type { StepPlan, TaskState } from '../state/task-state.ts';
import { type GrantParts, grantFault } from './grant-fault.ts';
import { stepEntry } from './step-entry.ts';
import type { TaskParts } from './task-parts.ts';

type Parts = GrantParts & Pick<TaskParts, 'catalog' | 'resolver'>;

/** The policy of calls that one running step makes: the task's own grant, read anew for each call. */
export const makeDecideTool =
  (task: TaskState, { action: caller }: Pick<StepPlan, 'action'>, parts: Parts): DecideTool =>
  (name, args, label) => {
    const fault = grantFault(task, parts);
    if (fault !== null) throw new AgentError({ code: 'capability_invalid', message: fault });
    const { installed, input, asked } = stepEntry(
      { action: 'tool_invoke', params: { tool: name, args } },
      parts.catalog,
    );
    const mustAllow = (question: Pick<typeof asked, 'action'>, resolution: Resolution): void => {
      const { grant } = task.grant;
      const now = parts.now() / 1000;
      demandAllow(decide({ ...asked, ...question, grant, now, resolution, label }, parts.policy));
    };
    // Whether the tool may be used at all comes first: of one that may not, not even the schema is told.
    mustAllow(asked, { ok: true, resources: [] });
    if (installed === undefined) throw notEnabled(name);
    const fits = checkValue(installed.input, input);
    if (!fits.ok) {
      const message = `input of \`${name}\` at \`${fits.at}\`: ${fits.problem}`;
      throw new AgentError({ code: 'input_invalid', message });
    }
    const resolved = resolveResources(
      installed.annotations,
      input,
      parts.resolver,
      installed.requests.tools,
    );
    mustAllow(asked, resolved);
    // An automatic step interrupts nobody because it only reads; so it does through a tool.
    if (riskOf(caller) === 'auto') mustAllow({ action: caller }, resolved);
    return { tool: installed, resources: resolved.ok ? resolved.resources : [] };
  };

const demandAllow = (decision: Decision): void => {
  if (decision.effect === 'allow') return;
  const { rule, reason: message } = decision;
  throw new AgentError({ code: denialCode(rule), rule, message });
};

export const notEnabled = (tool: string): AgentError =>
  new AgentError({
    code: 'tool_not_enabled',
    rule: 'tool_not_enabled',
    message: `tool '${tool}' is not enabled`,
  });
