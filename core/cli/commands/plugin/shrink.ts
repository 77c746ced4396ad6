import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { loadBuiltPlugin, readCases } from '../../kit/run-cases.ts';
import { lineDifference } from '../../kit/shrink/line-difference.ts';
import { type Shrunk, shrinkPlugin } from '../../kit/shrink/shrink-plugin.ts';
import { counted, linesVisible, visible } from '../../shown-text.ts';

const HELP = `
Takes grants away one by one, as long as every case of \`cases.yaml\` ends as before and the manifest stays one: each
capability whose handle no case calls, the model, tools and hosts that no case names, limits above twice what the cases
needed, a reversibility beyond that of the handles, a profile that is wider than it must be. What is printed is the
difference and the least manifest. It is worth what the cases are worth: what they never do is not needed.

Exit codes:
  0  the least manifest is printed, or this is it already
  1  a case fails as things stand, there is none, or no cell starts here
  4  a path cannot be read
  5  the author kit is not installed`;

/** `plugin shrink PATH`: the least manifest under which every case still passes. */
export const addShrink = (plugin: Command): void => {
  plugin
    .command('shrink')
    .description('find the least manifest under which every case still passes')
    .argument('<path>', 'folder of a plugin, or its manifest')
    .option('--write', 'write it in place of the manifest', false)
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .action(async (path: string, options: { readonly write: boolean; readonly json: boolean }) => {
      const built = await loadBuiltPlugin(path, 'shrink');
      const cases = await readCases(built.folder, built.manifest);
      const shrunk = await shrinkPlugin(built, cases);
      const isLess = shrunk.removed.length > 0;
      if (options.write && isLess) await writeFile(built.manifestFile, shrunk.after);
      process.stdout.write(
        options.json
          ? `${JSON.stringify({ removed: shrunk.removed, manifest: shrunk.after })}\n`
          : `${shrinkText(shrunk)}${options.write && isLess ? `written: ${built.manifestFile}; run \`plugin types\` next\n` : ''}`,
      );
    });
};

const shrinkText = ({ removed, before, after }: Shrunk): string =>
  removed.length === 0
    ? 'nothing to take away: every grant is needed by a case\n'
    : [
        `${counted(removed.length, 'grant')} can go:`,
        ...removed.map(({ pointer, what }) => `  ${visible(pointer)}: ${visible(what)}`),
        '',
        ...lineDifference(before, after).map(visible),
        '',
        linesVisible(after),
      ].join('\n');
