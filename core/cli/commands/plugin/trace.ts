import type { Command } from 'commander';
import { EXIT } from '../../exit-codes.ts';
import { grantUses } from '../../kit/grants.ts';
import { oneOrAll } from '../../kit/one-or-all.ts';
import { loadBuiltPlugin, readCases, runCases } from '../../kit/run-cases.ts';
import { traceText } from '../../kit/trace-text.ts';

const HELP = `
Runs the cases like \`plugin test\`, and sets what the plugin touched against what its manifest declares: the handles of
each case with methods, calls and bytes, as the agent counted them; then each parameter with an \`x-capability\` and what
all cases did with it. What is marked UNUSED can go, or lacks a case.

Exit codes:
  0  traced
  1  a case failed, there is none, or no cell starts here
  4  a path cannot be read
  5  the author kit is not installed`;

/** `plugin trace PATH`: touched against declared. */
export const addTrace = (plugin: Command): void => {
  plugin
    .command('trace')
    .description('show what a plugin touched in its cases against what it declares')
    .argument('<path>', 'folder of a plugin, or its manifest')
    .option('--case <name>', 'this case alone')
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .action(async (path: string, options: { readonly case?: string; readonly json: boolean }) => {
      const built = await loadBuiltPlugin(path, 'trace');
      const cases = oneOrAll(await readCases(built.folder, built.manifest), options.case);
      const results = await runCases(built, cases);
      const entries = new Set(results.map(({ entry }) => entry));
      const grants = grantUses(built.manifest, results).filter(
        ({ entry }) => options.case === undefined || entries.has(entry),
      );
      process.stdout.write(
        `${options.json ? JSON.stringify({ cases: results, grants }) : traceText(results, grants)}\n`,
      );
      if (results.some(({ verdict }) => verdict === 'failed')) process.exitCode = EXIT.failed;
    });
};
