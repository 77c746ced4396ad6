import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { JsonValue } from '../vocabulary/json.ts';
import { type AgentClient, makeAgentClient } from './agent-client.ts';

/** What every command shares: where the agent is, and how answers are printed. */
export interface CommandContext {
  readonly client: AgentClient;
  readonly json: boolean;
  /** Prints `value` with `--json`, else the text made from it. */
  print(value: JsonValue, text: () => string): void;
}

const DEFAULT_BIND = 'unix:/run/secure-ai/agent.sock';

/** Adds the option that stands on every command. */
export const withJsonOption = (command: Command): Command =>
  command.option('--json', 'print JSON', false);

/** Adds the options of a command that speaks to a running agent. */
export const withSharedOptions = (command: Command): Command =>
  withJsonOption(command)
    .option('--socket <path>', 'socket of the agent (default: BIND_ADDR, else the installed one)')
    .option('--token-file <path>', 'file with the bearer token (default: AGENT_UI_TOKEN_PATH)');

interface SharedOptions {
  readonly json: boolean;
  readonly socket?: string;
  readonly tokenFile?: string;
}

export const contextOf = (options: SharedOptions): CommandContext => {
  const { env } = process;
  const bind = options.socket ?? env['BIND_ADDR'] ?? DEFAULT_BIND;
  const tokenFile =
    options.tokenFile ?? env['AGENT_UI_TOKEN_PATH'] ?? env['SERVICE_TOKEN_PATH'] ?? undefined;
  return {
    client: makeAgentClient({
      bind: /^(unix:)?[^:]*$/.test(bind) ? `unix:${fromHere(bind.replace(/^unix:/, ''))}` : bind,
      tokenFile: tokenFile === undefined ? undefined : fromHere(tokenFile),
    }),
    json: options.json,
    print: (value, text) => {
      process.stdout.write(`${options.json ? JSON.stringify(value) : text()}\n`);
    },
  };
};

/** A path argument as the user meant it: npm runs scripts in the package folder. */
export const fromHere = (path: string): string =>
  resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
