import type { Command } from 'commander';
import { EXIT } from '../../exit-codes.ts';
import { checkPlugin } from '../../kit/check/check-plugin.ts';
import { checkText } from '../../kit/check/check-text.ts';

const HELP = `
Says everything that is wrong with a manifest and its schemas, each finding with line and column, JSON pointer, rule and
mend; of a folder also what the script imports, how large it is, and where it asks for more than it can use. Hints are
no findings: they change no exit code. Nothing of the plugin is run.

Exit codes:
  0  no findings
  1  findings, or the sources cannot be bundled
  4  a path cannot be read
  5  the folder has sources and the author kit is not installed`;

/** `plugin check PATH`: everything that can be said without running it. */
export const addCheck = (plugin: Command): void => {
  plugin
    .command('check')
    .description('check a manifest, its schemas, imports and size; hints at least authority')
    .argument('<path>', 'folder of a plugin, or a manifest alone')
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .action(async (path: string, { json }: { readonly json: boolean }) => {
      const check = await checkPlugin(path);
      process.stdout.write(`${json ? JSON.stringify(check) : checkText(check)}\n`);
      if (check.findings.length > 0) process.exitCode = EXIT.failed;
    });
};
