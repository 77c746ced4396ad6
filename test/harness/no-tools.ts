import type { ExecutorDeps } from '../../core/broker/execute/attempt-step.ts';
import type { DecideTool } from '../../core/broker/execute/invoke-tool.ts';
import { makeTurns } from '../../core/broker/execute/take-turns.ts';
import { AgentError } from '../../core/vocabulary/errors.ts';

/** The parts of an executor that concern tools, for tests whose steps have none: whatever asks is refused. */
export const NO_TOOLS: Pick<ExecutorDeps, 'tools' | 'whileEnabled'> = {
  tools: {
    firewall: {
      evaluate: async () => ({ allowed: false, code: 'firewall_unavailable', reason: 'none' }),
    },
    turns: makeTurns(0),
  },
  whileEnabled: () => new AbortController().signal,
};

export const noTool: DecideTool = (tool) => {
  throw new AgentError({ code: 'tool_not_enabled', message: `no tool ${tool}` });
};
