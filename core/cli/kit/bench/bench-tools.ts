import type { ToolWay } from '../../../broker/execute/attempt-step.ts';
import type { DecideTool } from '../../../broker/execute/invoke-tool.ts';
import { makeTurns } from '../../../broker/execute/take-turns.ts';
import { AgentError } from '../../../vocabulary/errors.ts';

/** On the bench an author runs code of their own: no firewall stands before it, and no other plugin beside it. */
export const BENCH_TOOLS: ToolWay = Object.freeze({
  firewall: { evaluate: async () => ({ allowed: true }) as const },
  turns: makeTurns(0),
});

export const refuseTool: DecideTool = (tool) => {
  throw new AgentError({
    code: 'tool_not_enabled',
    message: `the bench has no tool \`${tool}\``,
  });
};
