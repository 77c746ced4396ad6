import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { isJsonObject, type JsonObject, ownValue } from '../../vocabulary/json.ts';
import type { CommandContext } from '../command-context.ts';
import { firstLines, resultLines } from '../result-text.ts';
import { linesOf, MOST_COLUMNS, text, wrap } from '../shown-text.ts';
import { decisionOf, stepsOf, whyOf } from '../task-text.ts';
import { asks, watchTask } from '../watch-task.ts';
import type { DemoFolder } from './demo-folder.ts';

/** How a task of the demo ended. */
export interface DemoEnd {
  readonly task: JsonObject;
  /** True where the person said no. */
  readonly refused: boolean;
}

/** Takes one intent its whole way, as a person at the UI would, and prints each thing once, when it happens. */
export const runDemoTask = async (
  intent: string,
  context: CommandContext,
  folder: DemoFolder,
  yesBecause: string | undefined,
): Promise<DemoEnd> => {
  let task = await context.client.post('/v1/task', { intent });
  const id = text(task, 'task_id');
  sayPlan(stepsOf(task));
  const tell = makeTeller(folder);
  let refused = false;
  for (;;) {
    task = await watchTask(context, id, { stopAtQuestion: true, onChange: tell.started });
    await tell.ended(task);
    if (!asks(task)) return { task, refused };
    refused = !(await answer(task, context, yesBecause));
  }
};

const say = (line: string): void => {
  process.stdout.write(`${line.trimEnd()}\n`);
};

const sayPlan = (steps: readonly JsonObject[]): void => {
  say('   the plan, with each decision and its reason:');
  for (const [index, step] of steps.entries()) {
    const what = text(step, 'description').replace(' (new, size not known yet)', '');
    say(`     ${index + 1}. ${what}`);
    say(`        ${decisionOf(step)}`);
  }
};

const MOST_LINES = 30;
const INDENT = 8;
const OVER = new Set(['completed', 'failed', 'denied', 'skipped']);

// Each step is named when it begins, and what it gave follows when it is over.
const makeTeller = (folder: DemoFolder) => {
  const named = new Set<string>();
  const told = new Set<string>();
  const name = (step: JsonObject, index: number): void => {
    const id = text(step, 'step_id');
    if (named.has(id)) return;
    named.add(id);
    say(`   ${index + 1}. ${text(step, 'description')}`);
  };
  return {
    started: (task: JsonObject): void => {
      for (const [index, step] of stepsOf(task).entries()) {
        if (text(step, 'status') === 'running') name(step, index);
      }
    },
    ended: async (task: JsonObject): Promise<void> => {
      const steps = stepsOf(task);
      for (const [index, step] of steps.entries()) {
        const id = text(step, 'step_id');
        if (!OVER.has(text(step, 'status')) || told.has(id)) continue;
        told.add(id);
        name(step, index);
        const isLast = index === steps.length - 1;
        for (const line of await outcome(step, isLast, folder)) say(`      ${line}`);
      }
    },
  };
};

const outcome = async (
  step: JsonObject,
  isLast: boolean,
  folder: DemoFolder,
): Promise<readonly string[]> => {
  if (text(step, 'status') !== 'completed') return whyOf(step);
  switch (text(step, 'action')) {
    case 'local_search':
      return resultLines(step);
    case 'write_file':
    case 'overwrite_file':
      return written(step, folder);
    default:
      // What a later step uses is shown there, where it ends.
      return isLast ? quoted(resultLines(step)) : ['done'];
  }
};

const written = async (step: JsonObject, folder: DemoFolder): Promise<readonly string[]> => {
  const result = ownValue(step, 'result');
  const name = result !== undefined && isJsonObject(result) ? text(result, 'path') : '';
  const file = join(folder.outputs, name.replace(/^outputs\//, ''));
  return [`written: ${file}`, ...quoted(linesOf(await readFile(file, 'utf8')))];
};

const quoted = (lines: readonly string[]): readonly string[] =>
  firstLines(
    lines.flatMap((line) => wrap(line, MOST_COLUMNS - INDENT)),
    MOST_LINES,
  ).map((line) => `| ${line}`);

/** Answers everything that waits, and tells whether with yes. */
const answer = async (
  task: JsonObject,
  { client }: CommandContext,
  yesBecause: string | undefined,
): Promise<boolean> => {
  const path = `/v1/task/${text(task, 'task_id')}`;
  for (const step of stepsOf(task).filter((each) => text(each, 'status') === 'pending')) {
    say(`   it asks: ${text(step, 'description')}`);
  }
  const yes = yesBecause !== undefined || (await askPerson());
  say(`   ${yes ? 'approved' : 'denied'}${yesBecause === undefined ? '' : ` (${yesBecause})`}`);
  if (yes) await client.post(`${path}/approve`, { approve_all: true });
  else await client.post(`${path}/deny`, { deny_all: true });
  return yes;
};

const askPerson = async (): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question('   approve? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
};
