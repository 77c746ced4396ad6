import type { Command } from 'commander';
import { withOperatorOptions } from '../../operator-context.ts';
import { endVersions } from '../../plugin/end-versions.ts';

const HELP = `
Its steps that run end as \`revoked\`, and no late call of theirs has an effect. A higher version can be installed later.
A shipped plugin cannot be revoked; disable it.

Exit codes:
  0  revoked
  2  no operator's token is named
  3  the agent refused, with the code
  4  no agent answers`;

/** `plugin revoke`: its running steps end, and these bytes never run again. */
export const addRevoke = (plugin: Command): void => {
  withOperatorOptions(plugin.command('revoke'))
    .description('stops a plugin for good: these versions never run again; its running steps end')
    .addHelpText('after', HELP)
    .argument('<id>', 'id of the plugin')
    .option('--version <version>', 'one version instead of all')
    .action((id, options) => endVersions(id, 'revoke', options));
};
