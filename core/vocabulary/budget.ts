/** The six limits of a task (wire contract section 6) and what it has used of them. */
export interface Budgets {
  readonly max_steps: number;
  readonly max_tool_calls: number;
  readonly max_tokens: number;
  readonly max_wall_clock_seconds: number;
  readonly max_files_touched: number;
  readonly max_output_bytes: number;
}

export interface Usage {
  readonly steps: number;
  readonly toolCalls: number;
  readonly tokens: number;
  /** Milliseconds in which a step ran; a person's thinking time is not in it. */
  readonly activeMs: number;
  /** Processor time of the steps' cells, as the broker saw it or the cell told it, whichever is more. */
  readonly cpuMs: number;
  readonly filesTouched: number;
  readonly outputBytes: number;
}

export const NO_USAGE: Usage = {
  steps: 0,
  toolCalls: 0,
  tokens: 0,
  activeMs: 0,
  cpuMs: 0,
  filesTouched: 0,
  outputBytes: 0,
};

export const addUsage = (a: Usage, b: Usage): Usage => ({
  steps: a.steps + b.steps,
  toolCalls: a.toolCalls + b.toolCalls,
  tokens: a.tokens + b.tokens,
  activeMs: a.activeMs + b.activeMs,
  cpuMs: a.cpuMs + b.cpuMs,
  filesTouched: a.filesTouched + b.filesTouched,
  outputBytes: a.outputBytes + b.outputBytes,
});
