/** How a command ended, for scripts. `--help` shows the table. */
export const EXIT = {
  ok: 0,
  /** The command ran and the answer is no: a task failed, a chain is broken. */
  failed: 1,
  /** The command line itself was wrong. */
  usage: 2,
  /** The agent refused the request. */
  refused: 3,
  /** No agent answers at the socket, or a local file cannot be read. */
  unreachable: 4,
  /** The packages that write plugins are not installed; the message says which. */
  kitAbsent: 5,
} as const;

export const EXIT_HELP: string = `
Exit codes:
  0  done
  1  done, and the answer is no (a task failed, a chain is broken)
  2  the command line is wrong
  3  the agent refused the request
  4  no agent answers, or a file cannot be read
  5  the author kit is not installed (\`plugin new|types|build|test|trace|shrink\`)`;

/** `probe` alone: its answer must not be mistaken for a wrong command line, which is `failed` there. */
export const PROBE_EXIT = { escaped: 2 } as const;
