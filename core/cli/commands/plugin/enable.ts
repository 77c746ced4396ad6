import type { Command } from 'commander';
import { operatorContextOf, versionText, withOperatorOptions } from '../../operator-context.ts';

const HELP = `
Steps that run with the version before it go on to their end; new ones get the new bytes. A quarantined version takes
--approve with the digest of the difference that \`plugin install\` and \`plugin show\` print. The answer comes once the
tool firewall has loaded what the plugin's tools need.

Exit codes:
  0  enabled
  2  no operator's token is named
  3  the agent refused, with the code
  4  no agent answers`;

/** `plugin enable`: from now on its steps and tools may run. */
export const addEnable = (plugin: Command): void => {
  withOperatorOptions(plugin.command('enable'))
    .description('lets a plugin run, in the place of the enabled version of it')
    .addHelpText('after', HELP)
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
