import type { Command } from 'commander';
import { contextOf, fromHere, withJsonOption } from '../../command-context.ts';
import { writePackageFolder } from '../../write-package-folder.ts';

const HELP = `
What \`plugin build\` laid out becomes a folder of exactly the files that are signed; anything else in it is passed over.

Exit codes:
  0  packed
  1  the folder is no plugin, its manifest is wrong, or the folder of the package is there already`;

/** `plugin pack`: a package from a built plugin. */
export const addPack = (plugin: Command): void => {
  withJsonOption(plugin.command('pack'))
    .description(
      'a package from a built plugin: its manifest.yaml, plugin.js, README.md and docs/, and nothing else',
    )
    .addHelpText('after', HELP)
    .argument('<folder>', 'folder of the built plugin')
    .requiredOption('--out <folder>', 'folder of the package; it must not exist yet')
    .action(async (folder, options) => {
      const { readPackageFolder } = await import(
        '../../../broker/catalog/package/read-package-folder.ts'
      );
      const { packPlugin } = await import('../../../broker/catalog/package/pack-plugin.ts');
      const { makePackageFilesPowers } = await import(
        '../../../broker/main/powers/package-files.ts'
      );
      const built = await readPackageFolder(
        fromHere(folder),
        makePackageFilesPowers(),
        'pass over',
      );
      const { manifest, digest, files } = packPlugin(built);
      const out = fromHere(options.out);
      await writePackageFolder(out, files);
      const { id, version } = manifest;
      contextOf(options).print({ id, version, digest, folder: out, files: [...files.keys()] }, () =>
        [`${id} ${version}`, `digest ${digest}`, `${files.size} files in ${out}`].join('\n'),
      );
    });
};
