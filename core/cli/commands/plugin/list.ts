import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { isJsonObject, type JsonObject, ownValue } from '../../../vocabulary/json.ts';
import { PACKAGE_ROOT } from '../../../vocabulary/package-root.ts';
import { type CommandContext, contextOf, withSharedOptions } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { operatorContextOf, operatorTokenFile } from '../../operator-context.ts';
import { pluginLine, pluginRows, withTrust } from '../../plugin-rows.ts';

const HELP = `
States: active (enabled), vetted, quarantined, suspended, revoked. Without an agent the shipped plugins are listed alone.

Exit codes:
  0  listed
  3  the agent refused the token`;

/** `plugin list`: each plugin, and what a running agent says of it. */
export const addList = (plugin: Command): void => {
  withSharedOptions(plugin.command('list'))
    .description(
      "each plugin, its steps, profile and state; with the operator's token the installed ones as well",
    )
    .option(
      '--operator-token-file <path>',
      "file with the operator's token (default: AGENT_OPERATOR_TOKEN_PATH)",
    )
    .addHelpText('after', HELP)
    .action(async (options) => {
      const context = contextOf(options);
      const { loadShipped } = await import('../../../broker/catalog/load-shipped.ts');
      const installed = await loadShipped({ readFile, packageRoot: PACKAGE_ROOT });
      const health = await healthOrNone(context);
      const shipped = pluginRows(installed, health);
      const rows =
        health === undefined ? shipped : withTrust(shipped, await trustStates(options), health);
      context.print(
        {
          agent: health === undefined ? 'not running' : 'running',
          plugins: rows.map((row) => ({ ...row })),
        },
        () =>
          [...rows.map(pluginLine), ...(health === undefined ? ['agent not running'] : [])].join(
            '\n',
          ),
      );
    });
};

// Whoever uses the agent sees what comes with it; what else is installed is between the agent and its operator.
const trustStates = async (
  options: Parameters<typeof operatorContextOf>[0],
): Promise<readonly JsonObject[]> => {
  if (operatorTokenFile(options) === undefined) return [];
  const told = await operatorContextOf(options).client.get('/v1/operator/plugins');
  const plugins = ownValue(told, 'plugins');
  return Array.isArray(plugins) ? plugins.filter(isJsonObject) : [];
};

// The catalog stands without an agent. One that answers and refuses is another matter, and is told.
const healthOrNone = async ({ client }: CommandContext): Promise<JsonObject | undefined> => {
  try {
    return await client.get('/health');
  } catch (thrown) {
    if (thrown instanceof CommandFailure && thrown.exitCode === EXIT.unreachable) return undefined;
    throw thrown;
  }
};
