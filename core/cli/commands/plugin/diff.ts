import type { Command } from 'commander';
import { contextOf, withSharedOptions } from '../../command-context.ts';
import { EXIT } from '../../exit-codes.ts';

/** `plugin diff`: what a later manifest changes, and whether it asks for more. */
export const addDiff = (plugin: Command): void => {
  withSharedOptions(plugin.command('diff <before> <after>'))
    .description('what one manifest changes of another; exit 1 when it widens anything')
    .action(async (before: string, after: string, options) => {
      const { readManifest } = await import('../../plugin/read-manifest.ts');
      const { shownDifference } = await import('../../plugin/shown-difference.ts');
      const { json, text, widens } = shownDifference(
        await readManifest(before),
        await readManifest(after),
      );
      contextOf(options).print(json, () => text);
      if (widens) process.exitCode = EXIT.failed;
    });
};
