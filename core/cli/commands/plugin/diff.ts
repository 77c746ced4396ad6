import type { Command } from 'commander';
import { contextOf } from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';
import { withOperatorOptions } from '../../operator-context.ts';

const WHAT = 'named as for `plugin show`';

const HELP = `
Each change with its place, and whether it widens, narrows or merely changes. What is not proved to narrow counts as
widening, descriptions and schemas included. An update is held against the version that runs: \`diff ID PACKAGE\`.

Exit codes:
  0  nothing is widened
  1  something is
  3  a manifest is wrong, or the agent refused
  4  there is no such plugin, file or folder, or no agent answers`;

/** `plugin diff`: what a later manifest changes, and whether it asks for more. */
export const addDiff = (plugin: Command): void => {
  withOperatorOptions(plugin.command('diff'))
    .description('what one manifest changes of another; exit 1 when it widens anything')
    .argument('<before>', WHAT)
    .argument('<after>', WHAT)
    .addHelpText('after', HELP)
    .action(async (before: string, after: string, options) => {
      const { askInstalled } = await import('../../plugin/installed-manifest.ts');
      const { readManifest } = await import('../../plugin/read-manifest.ts');
      const { shownDifference } = await import('../../plugin/shown-difference.ts');
      const ask = askInstalled(options);
      const { json, text, widens } = shownDifference(
        (await readManifest(before, ask)).manifest,
        (await readManifest(after, ask)).manifest,
      );
      contextOf(options).print(json, () => text);
      if (widens) process.exitCode = EXIT.failed;
    });
};
