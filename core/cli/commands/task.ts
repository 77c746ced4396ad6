import { Command } from 'commander';
import { isJsonObject, type JsonObject, ownValue } from '../../vocabulary/json.ts';
import type { CommandContext } from '../command-context.ts';
import { contextOf, withSharedOptions } from '../command-context.ts';
import { CommandFailure } from '../command-failure.ts';
import { EXIT } from '../exit-codes.ts';
import { makeProgress, sayWhatIsNext } from '../progress.ts';
import { resultLines } from '../result-text.ts';
import { text } from '../shown-text.ts';
import { decisionOf, stepLines, stepsOf, taskHead, taskRow, taskText } from '../task-text.ts';
import { watchTask } from '../watch-task.ts';

/** `secai-agent task ...`: what the UI proxy does, from a terminal. */
export const taskCommand = (): Command => {
  const task = new Command('task').description('submit, look at and answer tasks');

  withSharedOptions(task.command('submit <intent>'))
    .description('state an intent; the agent plans it, runs what is allowed and asks for the rest')
    .option('--mode <mode>', 'offline_only, standard, online_assisted or sensitive', 'standard')
    .option('--workspace <id...>', 'workspaces that the task may read')
    .option('--preference <action=choice...>', 'read_file, write_file, ... = always, ask or never')
    .option('--wait', 'wait until the task is over or asks', false)
    .action(async (intent: string, options) => {
      const context = contextOf(options);
      const body = {
        intent,
        mode: options.mode,
        workspace: options.workspace ?? [],
        preferences: preferences(options.preference ?? []),
      };
      const submitted = await context.client.post('/v1/task', body);
      const shown = options.wait
        ? await watchTask(context, text(submitted, 'task_id'), {
            stopAtQuestion: true,
            ...(context.json ? {} : { onChange: makeProgress() }),
          })
        : submitted;
      context.print(shown, () => taskText(shown));
      if (!context.json) sayWhatIsNext(shown);
      failIfFailed(shown);
    });

  withSharedOptions(task.command('show <task>'))
    .description('one task with its steps, decisions and results')
    .action(async (id: string, options) => {
      const context = contextOf(options);
      const shown = await context.client.get(taskPath(id));
      context.print(shown, () => wholeText(shown));
    });

  withSharedOptions(task.command('list'))
    .description('tasks, newest first')
    .option('--limit <n>', 'how many', '50')
    .action(async (options) => {
      const context = contextOf(options);
      const answer = await context.client.get(
        `/v1/tasks?limit=${encodeURIComponent(options.limit)}`,
      );
      const tasks = ownValue(answer, 'tasks');
      const rows = Array.isArray(tasks) ? tasks.filter(isJsonObject) : [];
      const cut = ownValue(answer, 'truncated') === true ? '\n(more tasks: lower --limit)' : '';
      context.print(answer, () => rows.map(taskRow).join('\n') + cut || 'no tasks');
    });

  for (const verb of ['approve', 'deny'] as const) {
    withSharedOptions(task.command(`${verb} <task> [steps...]`))
      .description(`${verb} the named steps, or all that wait with --all`)
      .option('--all', `${verb} every step that waits`, false)
      .action(async (id: string, steps: string[], options) => {
        const context = contextOf(options);
        if (steps.length === 0 && !options.all) {
          throw new CommandFailure(EXIT.usage, `name the steps to ${verb}, or say --all`);
        }
        const body = options.all ? { [`${verb}_all`]: true } : { step_ids: steps };
        await answer(context, `${taskPath(id)}/${verb}`, body);
      });
  }

  withSharedOptions(task.command('cancel <task>'))
    .description('stop a task; what ran already stays done')
    .action(async (id: string, options) =>
      answer(contextOf(options), `${taskPath(id)}/cancel`, {}),
    );

  withSharedOptions(task.command('watch <task>'))
    .description('print each change until the task is over')
    .action(async (id: string, options) => {
      const context = contextOf(options);
      const shown = await watchTask(context, id, { onChange: makeWatcher(context) });
      failIfFailed(shown);
    });

  return task;
};

const taskPath = (id: string): string => `/v1/task/${encodeURIComponent(id)}`;

const answer = async (context: CommandContext, path: string, body: JsonObject): Promise<void> => {
  const shown = await context.client.post(path, body);
  context.print(shown, () => taskText(shown));
};

const preferences = (pairs: readonly string[]): JsonObject => {
  const entries = pairs.map((pair) => {
    const [action = '', choice] = pair.split('=');
    if (choice !== undefined) return [action, choice] as const;
    throw new CommandFailure(EXIT.usage, `expected action=choice, got \`${pair}\``);
  });
  return Object.fromEntries(entries);
};

// With --json each change is the whole task; for a person the steps that changed, then the end.
const makeWatcher = (context: CommandContext): ((task: JsonObject) => void) => {
  if (context.json) return (task) => context.print(task, () => '');
  const say = (line: string): boolean => process.stdout.write(`${line}\n`);
  const tell = makeProgress(say);
  let status = '';
  return (task) => {
    tell(task);
    if (text(task, 'status') !== status) say(taskHead(task));
    status = text(task, 'status');
  };
};

const wholeText = (task: JsonObject): string => {
  const steps = stepsOf(task).flatMap((step) => [
    '',
    // A step that waits gives its decision as the reason already.
    ...new Set([...stepLines(step), `                ${decisionOf(step)}`]),
    ...resultLines(step).map((line) => `    ${line === '' ? '' : `| ${line}`}`.trimEnd()),
  ]);
  return [taskHead(task), `  ${text(task, 'intent')}`, ...steps].join('\n');
};

const failIfFailed = (task: JsonObject): void => {
  const status = text(task, 'status');
  if (status === 'failed' || status === 'recovery_required') {
    throw new CommandFailure(EXIT.failed, `task ${text(task, 'task_id')} is ${status}`);
  }
};
