import type { Command } from 'commander';
import { makeProgramFilePowers } from '../../../broker/main/powers/program-files.ts';
import { contextOf } from '../../command-context.ts';
import { versionText, withOperatorOptions } from '../../operator-context.ts';

const HELP = `
The sentences follow from the handles and limits that are enforced; what the author says is marked as such. With --json
also the hints of the Model Context Protocol (readOnlyHint, destructiveHint, idempotentHint, openWorldHint). Of an
installed plugin the version that runs is shown, else the newest, with its state and what it widens.

Exit codes:
  0  shown
  3  the manifest is wrong, or the agent refused
  4  there is no such plugin, file or folder, or no agent answers`;

/** `plugin show`: what a plugin can do and what it cannot, in sentences. */
export const addShow = (plugin: Command): void => {
  withOperatorOptions(plugin.command('show'))
    .description('what a plugin can do, and what it cannot')
    .argument(
      '<plugin>',
      'a shipped plugin, a manifest, a folder or package, or an installed one as ID or ID@VERSION',
    )
    .addHelpText('after', HELP)
    .action(async (named: string, options) => {
      // Here and not at the top: what parses documents takes 0.2 s to load, and every command loads this file.
      const { askInstalled } = await import('../../plugin/installed-manifest.ts');
      const { readManifest } = await import('../../plugin/read-manifest.ts');
      const { shownManifest } = await import('../../plugin/shown-manifest.ts');
      const { demandProfiles } = await import('../../../broker/main/demand-profiles.ts');
      const { manifest, installed } = await readManifest(named, askInstalled(options));
      const { json, text } = shownManifest(manifest, demandProfiles(makeProgramFilePowers()));
      contextOf(options).print(installed === null ? json : { ...json, installed }, () =>
        installed === null ? text : `${text}\n\ninstalled: ${versionText(installed)}`,
      );
    });
};
