import type { Command } from 'commander';
import { operatorContextOf, versionText, withOperatorOptions } from '../../operator-context.ts';

/** `plugin enable`: from now on its steps and tools may run. */
export const addEnable = (plugin: Command): void => {
  withOperatorOptions(plugin.command('enable'))
    .description('lets a plugin run, in the place of the enabled version of it')
    .argument('<id>', 'id of the plugin')
    .option('--version <version>', 'another version than the newest')
    .option('--approve <digest>', 'the digest of the difference that you read')
    .action(async (id, options) => {
      const { client, print } = operatorContextOf(options);
      const enabled = await client.post(`/v1/operator/plugins/${encodeURIComponent(id)}/enable`, {
        version: options.version ?? null,
        approve: options.approve ?? null,
      });
      print(enabled, () => versionText(enabled));
    });
};
