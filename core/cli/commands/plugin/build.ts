import type { Command } from 'commander';
import { fromHere } from '../../command-context.ts';
import { buildPlugin } from '../../kit/build/build-plugin.ts';
import { counted } from '../../shown-text.ts';

const HELP = `
Checks the module against the types of the manifest, bundles it with the libraries that it imports into one script, and
lays out a folder for \`plugin pack\`: manifest.yaml, plugin.js, README.md, docs/. Libraries come from the author's own
node_modules and are pure JavaScript: an isolate has no modules of node, no native code, and loads nothing at run time.
The same sources give the same bytes on every machine.

Exit codes:
  0  built
  1  the types, the module or the manifest do not fit
  4  a path cannot be read
  5  the author kit is not installed`;

/** `plugin build PATH`: sources into the folder that is packed. */
export const addBuild = (plugin: Command): void => {
  plugin
    .command('build')
    .description('check the types of a plugin and bundle it into one script')
    .argument('<path>', 'folder of a plugin')
    .option('--out <folder>', 'where to write (default: `build` in the folder)')
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .action(async (path: string, options: { readonly out?: string; readonly json: boolean }) => {
      const out = options.out === undefined ? undefined : fromHere(options.out);
      const built = await buildPlugin(path, out);
      const { id, version, bytes, modules } = built;
      process.stdout.write(
        options.json
          ? `${JSON.stringify(built)}\n`
          : `${id} ${version}: ${counted(modules.length, 'module')}, ${counted(bytes, 'byte')}\nbuilt: ${built.out}\n`,
      );
    });
};
