import { readFile, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { parseAuditKey } from '../../broker/audit/audit-key.ts';
import { verifyAudit } from '../../broker/audit/verify-audit.ts';
import { makeAuditFilePowers } from '../../broker/main/powers/audit-files.ts';
import { contextOf, fromHere } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { fit, linesVisible, text } from '../shown-text.ts';
import { taskRow } from '../task-text.ts';
import { startAgent } from './demo-agent.ts';
import { type DemoFolder, makeDemoFolder } from './demo-folder.ts';
import { runDemoTask } from './demo-task.ts';

const DEFAULT_INTENTS: readonly string[] = [
  'find what the documents say about the audit log',
  'summarize user_docs/README.md',
  'find what the documents say about the policy file and write a report to outputs/policy.md',
];

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const demo = async (
  intents: readonly string[],
  options: { workspace?: string; yes: boolean },
): Promise<void> => {
  const workspace = options.workspace === undefined ? undefined : fromHere(options.workspace);
  if (workspace !== undefined && !(await isFolder(workspace))) {
    throw new CommandFailure(
      EXIT.usage,
      `\`${workspace}\` is no folder; name one with --workspace`,
    );
  }
  const noTerminal = process.stdin.isTTY ? undefined : 'no terminal to ask at';
  const yesBecause = options.yes ? '--yes' : noTerminal;
  const folder = await makeDemoFolder(workspace);
  const copy = workspace === undefined ? ` (a copy of this repository's Markdown)` : '';
  say(`documents  ${folder.documents}${copy}`);
  say(`private    ${folder.root} (keys, tokens, policy, state)`);
  try {
    await runDemo(intents.length === 0 ? DEFAULT_INTENTS : intents, folder, yesBecause);
  } finally {
    await folder.tidy();
    say(`\nkeys and state are removed; written files stay in ${folder.outputs}`);
  }
};

const runDemo = async (
  intents: readonly string[],
  folder: DemoFolder,
  yesBecause: string | undefined,
): Promise<void> => {
  const context = contextOf({ json: false, socket: folder.socket, tokenFile: folder.tokenFile });
  let agent = await startAgent(folder);
  try {
    say(`agent      process ${agent.pid} at ${folder.socket}`);
    const done: string[] = [];
    for (const [index, intent] of intents.entries()) {
      say(`\n== ${index + 1} of ${intents.length}: ${linesVisible(intent)}`);
      const { task, refused } = await runDemoTask(intent, context, folder, yesBecause);
      if (text(task, 'status') !== 'completed' && !refused) {
        throw new CommandFailure(EXIT.failed, `the task is ${text(task, 'status')}`);
      }
      done.push(text(task, 'task_id'));
    }
    say('\n== the agent is restarted: the tasks are still there');
    await agent.stop();
    agent = await startAgent(folder);
    for (const id of done) say(fit(`   ${taskRow(await context.client.get(`/v1/task/${id}`))}`));
    await verify(folder);
  } finally {
    await agent.stop();
  }
};

const verify = async (folder: DemoFolder): Promise<void> => {
  say('\n== the audit chain');
  const verdict = await verifyAudit({
    path: folder.auditLog,
    key: parseAuditKey(await readFile(folder.auditKey)),
    files: makeAuditFilePowers(),
  });
  say(`   ${verdict.valid ? 'valid' : 'broken'}: ${verdict.entries} entries, ${verdict.detail}`);
  if (!verdict.valid) throw new CommandFailure(EXIT.failed, 'the audit chain is broken');
};

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );

const command = new Command('demo')
  .description('the whole way of a task over real documents, from intent to verified log')
  .argument('[intent...]', 'what to do; each argument is one task')
  .option('--workspace <folder>', "documents to work on (default: this repository's Markdown)")
  .option('--yes', 'approve without asking', false)
  .action(demo);

try {
  await command.parseAsync();
} catch (thrown) {
  if (!(thrown instanceof CommandFailure)) throw thrown;
  process.stderr.write(`demo: ${linesVisible(thrown.message)}\n`);
  process.exitCode = thrown.exitCode;
}
