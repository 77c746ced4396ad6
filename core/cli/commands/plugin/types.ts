import { type Command, Option } from 'commander';
import { CommandFailure } from '../../command-failure.ts';
import { EXIT } from '../../exit-codes.ts';
import { readTypes, writeTypes } from '../../kit/types/types-file.ts';

const HELP = `
Writes \`types.d.ts\` beside the manifest: input and output of each step and tool, exactly the handles that it is
granted, and the shape of the module as \`Steps\` and \`Tools\`. It holds all that it needs, and the same manifest gives
the same text on every machine. Run it after each change of the manifest.

Exit codes:
  0  written; with --check: every file is what its manifest gives
  1  with --check: a file differs or is missing; a manifest is wrong
  4  a path cannot be read
  5  the author kit is not installed`;

/** `plugin types PATH…`: the manifest's promises to its author, as types. */
export const addTypes = (plugin: Command): void => {
  plugin
    .command('types')
    .description("write the types of a manifest's inputs, outputs and handles")
    .argument('<path...>', 'folders of plugins, or manifests')
    .option('--check', 'write nothing, and fail where a file is not what its manifest gives', false)
    .addOption(new Option('--json', 'print JSON').default(false))
    .addHelpText('after', HELP)
    .action(
      async (
        paths: readonly string[],
        { check, json }: { readonly check: boolean; readonly json: boolean },
      ) => {
        const files = [];
        for (const path of paths) {
          const types = await readTypes(path, 'types');
          if (!check) await writeTypes(types);
          files.push({ path, ...types });
        }
        const stale = check ? files.filter(({ fresh }) => !fresh) : [];
        if (json) {
          const rows = files.map(({ file, fresh }) => ({ file, fresh: fresh || !check }));
          process.stdout.write(`${JSON.stringify({ files: rows })}\n`);
        } else {
          for (const { file, fresh } of files) {
            const state = check ? (fresh ? 'fresh' : 'STALE') : 'written';
            process.stdout.write(`${state}: ${file}\n`);
          }
        }
        if (stale.length === 0) return;
        const mend = `secai-agent plugin types ${stale.map(({ path }) => path).join(' ')}`;
        throw new CommandFailure(EXIT.failed, `types differ from their manifests; run: ${mend}`);
      },
    );
};
