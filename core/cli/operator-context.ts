import type { Command } from 'commander';
import { type CommandContext, contextOf, withJsonOption } from './command-context.ts';
import { CommandFailure } from './command-failure.ts';
import { EXIT } from './exit-codes.ts';

/** Adds the options of a command that speaks to a running agent as its operator. */
export const withOperatorOptions = (command: Command): Command =>
  withJsonOption(command)
    .option('--socket <path>', 'socket of the agent (default: BIND_ADDR, else the installed one)')
    .option(
      '--operator-token-file <path>',
      "file with the operator's token (default: AGENT_OPERATOR_TOKEN_PATH)",
    );

export interface OperatorOptions {
  readonly json: boolean;
  readonly socket?: string;
  readonly operatorTokenFile?: string;
}

/** The file with the operator's token, as the command line or the environment names it. */
export const operatorTokenFile = ({
  operatorTokenFile: named,
}: Pick<OperatorOptions, 'operatorTokenFile'>): string | undefined =>
  named ?? process.env['AGENT_OPERATOR_TOKEN_PATH'];

/** @throws CommandFailure where no token is named */
export const operatorContextOf = (options: OperatorOptions): CommandContext => {
  const tokenFile = operatorTokenFile(options);
  if (tokenFile !== undefined) return contextOf({ ...options, tokenFile });
  throw new CommandFailure(
    EXIT.usage,
    "this takes the operator's token: name its file with --operator-token-file, or set AGENT_OPERATOR_TOKEN_PATH",
  );
};

/** One version of a plugin in one line, and what it takes to enable it where that is not enough. */
export const versionText = (facts: Readonly<Record<string, unknown>>): string => {
  const text = (name: string): string => String(facts[name] ?? '');
  const lines = [`${text('id')} ${text('version')} ${text('state')}`, `digest ${text('digest')}`];
  if (facts['state'] === 'quarantined' && facts['difference'] !== undefined) {
    lines.push(
      ...differenceLines(facts['difference']),
      `enable it with --approve ${text('difference_digest')}`,
    );
  }
  return lines.join('\n');
};

const differenceLines = (difference: unknown): readonly string[] => {
  const changes = new Map(Object.entries(difference ?? {})).get('changes');
  if (!Array.isArray(changes)) return [];
  return changes.map((change) => {
    const { kind, pointer, before, after } = change;
    return `${kind} ${pointer}: ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
  });
};
