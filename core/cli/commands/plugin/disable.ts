import type { Command } from 'commander';
import { isJsonObject, ownValue } from '../../../vocabulary/json.ts';
import { operatorContextOf, versionText, withOperatorOptions } from '../../operator-context.ts';

const HELP = `
Its steps that run end as \`revoked\`, and no late call of theirs has an effect. \`plugin enable\` takes it back.

Exit codes:
  0  disabled
  2  no operator's token is named
  3  the agent refused, with the code
  4  no agent answers`;

/** `plugin disable`: its running steps end, and it runs when it is enabled again. */
export const addDisable = (plugin: Command): void => {
  withOperatorOptions(plugin.command('disable'))
    .description('stops a plugin until it is enabled again; its running steps end')
    .addHelpText('after', HELP)
    .argument('<id>', 'id of the plugin')
    .option('--version <version>', 'one version instead of all')
    .action(async (id, options) => {
      const { client, print } = operatorContextOf(options);
      const ended = await client.post(`/v1/operator/plugins/${encodeURIComponent(id)}/suspend`, {
        version: options.version ?? null,
      });
      print(ended, () => {
        const versions = ownValue(ended, 'versions');
        return Array.isArray(versions)
          ? versions.filter(isJsonObject).map(versionText).join('\n')
          : '';
      });
    });
};
