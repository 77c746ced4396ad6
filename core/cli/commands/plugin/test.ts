import type { Command } from 'commander';
import { EXIT } from '../../exit-codes.ts';
import { caseLines, casesSummary } from '../../kit/case-text.ts';
import { oneOrAll } from '../../kit/one-or-all.ts';
import { loadBuiltPlugin, readCases, runCases } from '../../kit/run-cases.ts';

const HELP = `
Runs each case of \`cases.yaml\` in a real cell under the profile of its entry. The handles are the agent's own, on a
folder that holds the case's files and nothing else; a file is named as a task names it, \`workspace/path\`. Nothing is
replaced by a stand-in. A case states its end: an \`output\` or an \`error\`, and every file that is another one then.

  cases:
    - name: counts the lines of a file
      run: example.count_lines
      input: { path: user_docs/a.md }
      files: { user_docs/a.md: "one\\ntwo" }
      expect: { output: { lines: 2 } }

Each line shows the time, the processor time, the memory of the cell and the calls of handles. Sources are bundled in
memory; without sources, \`plugin.js\` is run.

Exit codes:
  0  every case passed
  1  a case failed, there is none, or no cell starts here
  4  a path cannot be read
  5  the author kit is not installed`;

/** `plugin test PATH`: the author's cases in real cells. */
export const addTest = (plugin: Command): void => {
  plugin
    .command('test')
    .description("run a plugin's cases in real cells; shows calls, time and memory")
    .argument('<path>', 'folder of a plugin, or its manifest')
    .option('--case <name>', 'this case alone')
    .option('--json', 'print JSON', false)
    .addHelpText('after', HELP)
    .action(async (path: string, options: { readonly case?: string; readonly json: boolean }) => {
      const built = await loadBuiltPlugin(path, 'test');
      const cases = oneOrAll(await readCases(built.folder, built.manifest), options.case);
      const { id, version } = built.manifest;
      const say = (text: string): void => {
        if (!options.json) process.stdout.write(`${text}\n`);
      };
      say(`${id} ${version}`);
      const results = await runCases(built, cases, { onResult: (each) => say(caseLines(each)) });
      say(casesSummary(results));
      if (options.json)
        process.stdout.write(`${JSON.stringify({ id, version, cases: results })}\n`);
      if (results.some(({ verdict }) => verdict === 'failed')) process.exitCode = EXIT.failed;
    });
};
