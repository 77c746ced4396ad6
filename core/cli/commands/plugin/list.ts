import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { JsonObject } from '../../../vocabulary/json.ts';
import { PACKAGE_ROOT } from '../../../vocabulary/package-root.ts';
import { type CommandContext, contextOf, withSharedOptions } from '../../command-context.ts';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { pluginLine, pluginRows } from '../../plugin-rows.ts';

/** `plugin list`: each plugin, and what a running agent says of it. */
export const addList = (plugin: Command): void => {
  withSharedOptions(plugin.command('list'))
    .description('each plugin, its steps and profile, and whether it is quarantined')
    .action(async (options) => {
      const context = contextOf(options);
      const { loadShipped } = await import('../../../broker/catalog/load-shipped.ts');
      const installed = await loadShipped({ readFile, packageRoot: PACKAGE_ROOT });
      const health = await healthOrNone(context);
      const rows = pluginRows(installed, health);
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

// The catalog stands without an agent. One that answers and refuses is another matter, and is told.
const healthOrNone = async ({ client }: CommandContext): Promise<JsonObject | undefined> => {
  try {
    return await client.get('/health');
  } catch (thrown) {
    if (thrown instanceof CommandFailure && thrown.exitCode === EXIT.unreachable) return undefined;
    throw thrown;
  }
};
