import type { Command } from 'commander';
import { makeProgramFilePowers } from '../../../broker/main/powers/program-files.ts';
import { contextOf, withSharedOptions } from '../../command-context.ts';

/** `plugin show`: what a plugin can do and what it cannot, in sentences. */
export const addShow = (plugin: Command): void => {
  withSharedOptions(plugin.command('show <plugin>'))
    .description('what a plugin (an id, a manifest or a folder) can do, and what it cannot')
    .action(async (named: string, options) => {
      // Here and not at the top: what parses documents takes 0.2 s to load, and every command loads this file.
      const { readManifest } = await import('../../plugin/read-manifest.ts');
      const { shownManifest } = await import('../../plugin/shown-manifest.ts');
      const { demandProfiles } = await import('../../../broker/main/demand-profiles.ts');
      const { json, text } = shownManifest(
        await readManifest(named),
        demandProfiles(makeProgramFilePowers()),
      );
      contextOf(options).print(json, () => text);
    });
};
