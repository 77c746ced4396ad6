import type { Budgets, Usage } from '../../vocabulary/budget.ts';

/**
 * The first budget that is used up, in the wire contract's order and words (section 6), or null.
 * A step starts only below every limit.
 */
export const exhaustedBudget = (used: Usage, limit: Budgets): string | null => {
  const seconds = Math.floor(used.activeMs / 1000);
  const rows: readonly (readonly [number, number, string])[] = [
    [used.steps, limit.max_steps, `step budget exceeded (${used.steps}/${limit.max_steps})`],
    [
      used.toolCalls,
      limit.max_tool_calls,
      `tool-call budget exceeded (${used.toolCalls}/${limit.max_tool_calls})`,
    ],
    [used.tokens, limit.max_tokens, `token budget exceeded (${used.tokens}/${limit.max_tokens})`],
    [
      seconds,
      limit.max_wall_clock_seconds,
      `wall-clock budget exceeded (${seconds}s/${limit.max_wall_clock_seconds}s)`,
    ],
    [
      used.filesTouched,
      limit.max_files_touched,
      `files-touched budget exceeded (${used.filesTouched}/${limit.max_files_touched})`,
    ],
    [
      used.outputBytes,
      limit.max_output_bytes,
      `output-size budget exceeded (${used.outputBytes}/${limit.max_output_bytes})`,
    ],
  ];
  return rows.find(([spent, most]) => spent >= most)?.[2] ?? null;
};
