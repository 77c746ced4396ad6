import { readFile, stat } from 'node:fs/promises';
import { Command } from 'commander';
import { parseAuditKey } from '../../broker/audit/audit-key.ts';
import { verifyAudit } from '../../broker/audit/verify-audit.ts';
import { makeAuditFilePowers } from '../../broker/main/powers/audit-files.ts';
import { contextOf, fromHere } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { taskRow, text } from '../task-text.ts';
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
  const yes = options.yes || !process.stdin.isTTY;
  if (yes && !options.yes) say('(no terminal: questions are answered as with --yes)');
  const folder = await makeDemoFolder(workspace);
  say(`documents: ${folder.documents}\nkeys, tokens, policy and state: ${folder.root}`);
  try {
    await runDemo(intents.length === 0 ? DEFAULT_INTENTS : intents, folder, yes);
  } finally {
    await folder.tidy();
    say(`\nkeys and state are removed; written files stay in ${folder.outputs}`);
  }
};

const runDemo = async (
  intents: readonly string[],
  folder: DemoFolder,
  yes: boolean,
): Promise<void> => {
  const context = contextOf({ json: false, socket: folder.socket, tokenFile: folder.tokenFile });
  let agent = await startAgent(folder);
  try {
    say(`the agent runs as process ${agent.pid} at ${folder.socket}`);
    const done: string[] = [];
    for (const intent of intents) {
      const task = await runDemoTask(intent, context, folder, yes);
      if (text(task, 'status') !== 'completed') {
        throw new CommandFailure(EXIT.failed, `the task is ${text(task, 'status')}`);
      }
      done.push(text(task, 'task_id'));
    }
    say('\n== restart: the tasks are still there');
    await agent.stop();
    agent = await startAgent(folder);
    for (const id of done) say(`   ${taskRow(await context.client.get(`/v1/task/${id}`))}`);
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
  say(`   ${verdict.valid ? 'valid' : 'broken'}: ${verdict.entries} entries ${verdict.detail}`);
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
  process.stderr.write(`demo: ${thrown.message}\n`);
  process.exitCode = thrown.exitCode;
}
