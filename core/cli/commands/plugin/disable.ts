import type { Command } from 'commander';
import { withOperatorOptions } from '../../operator-context.ts';
import { endVersions } from '../../plugin/end-versions.ts';

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
    .action((id, options) => endVersions(id, 'suspend', options));
};
