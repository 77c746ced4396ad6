import type { Command } from 'commander';
import { newPlugin } from '../../kit/new/new-plugin.ts';

const HELP = `
The template has one tool, which reads a file through a handle, its types, and cases that pass. Nothing that is there
is overwritten: the folder is new or empty.

Exit codes:
  0  written
  1  the folder is not empty
  2  the id is none
  5  the author kit is not installed`;

/** `plugin new FOLDER`: a plugin to begin with. */
export const addNew = (plugin: Command): void => {
  plugin
    .command('new')
    .description('write the template of a plugin: TypeScript, one tool, passing cases')
    .argument('<folder>', 'a new or an empty folder')
    .option('--id <id>', "the plugin's id (default: the name of the folder)")
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .action(async (path: string, options: { readonly id?: string; readonly json: boolean }) => {
      const made = await newPlugin(path, options.id);
      process.stdout.write(
        options.json ? `${JSON.stringify(made)}\n` : `${nextSteps(path, made.files)}\n`,
      );
    });
};

const nextSteps = (path: string, files: readonly string[]): string =>
  [
    ...files.map((name) => `written: ${path}/${name}`),
    'next:',
    `  secai-agent plugin test ${path}`,
    `  secai-agent plugin types ${path}    (after each change of the manifest)`,
    `  secai-agent plugin build ${path}`,
  ].join('\n');
