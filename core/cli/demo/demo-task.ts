import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { isJsonObject, type JsonObject, ownValue } from '../../vocabulary/json.ts';
import type { CommandContext } from '../command-context.ts';
import { stepsOf, taskText, text, visible } from '../task-text.ts';
import { asks, watchTask } from '../watch-task.ts';
import type { DemoFolder } from './demo-folder.ts';

/** Takes one intent its whole way, as a person at the UI would, and prints what happens. */
export const runDemoTask = async (
  intent: string,
  context: CommandContext,
  folder: DemoFolder,
  answerYes: boolean,
): Promise<JsonObject> => {
  say(`\n== ${intent}`);
  let task = await context.client.post('/v1/task', { intent });
  const id = text(task, 'task_id');
  say(`the plan, with each decision and its reason:\n${taskText(task)}`);
  for (;;) {
    task = await watchTask(context, id, { stopAtQuestion: true, onChange: progress });
    if (!asks(task)) break;
    await answer(task, context, answerYes);
  }
  say(taskText(task));
  for (const step of stepsOf(task)) await showResult(step, folder);
  return task;
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const progress = (task: JsonObject): void => {
  const now = stepsOf(task).find((step) => text(step, 'status') === 'running');
  if (now !== undefined) say(`   running: ${text(now, 'description')}`);
};

const answer = async (
  task: JsonObject,
  { client }: CommandContext,
  answerYes: boolean,
): Promise<void> => {
  const path = `/v1/task/${text(task, 'task_id')}`;
  for (const step of stepsOf(task).filter((each) => text(each, 'status') === 'pending')) {
    say(`   it asks: ${text(step, 'description')}`);
  }
  const yes = answerYes || (await askPerson());
  say(yes ? '   approved' : '   denied');
  if (yes) await client.post(`${path}/approve`, { approve_all: true });
  else await client.post(`${path}/deny`, { deny_all: true });
};

const askPerson = async (): Promise<boolean> => {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question('   approve? [y/N] ')).trim());
  } finally {
    terminal.close();
  }
};

const MOST_LINES = 24;

const showResult = async (step: JsonObject, folder: DemoFolder): Promise<void> => {
  const result = ownValue(step, 'result');
  const action = text(step, 'action');
  if (result === undefined || !isJsonObject(result) || text(step, 'status') !== 'completed') return;
  const hits = ownValue(result, 'hits');
  if (Array.isArray(hits)) {
    showHits(hits.filter(isJsonObject), text(result, 'query'));
  } else if (action === 'summarize') {
    showLines(text(result, 'text').replaceAll('\\u{a}', '\n'));
  } else if (action === 'write_file' || action === 'overwrite_file') {
    const params = ownValue(step, 'params');
    const name = params !== undefined && isJsonObject(params) ? text(params, 'path') : '';
    const file = join(folder.outputs, name.replace(/^outputs\//, ''));
    say(`   written: ${file}`);
    showLines(await readFile(file, 'utf8'));
  }
};

const MOST_HITS = 5;
const MOST_CHARACTERS = 100;

// Each file with the line, of those that the search quotes, that holds most of the query's words.
const showHits = (hits: readonly JsonObject[], query: string): void => {
  say(`   ${hits.length === 1 ? '1 file found' : `${hits.length} files found, best first`}:`);
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const told = (line: string): number =>
    words.filter((word) => line.toLowerCase().includes(word)).length;
  for (const hit of hits.slice(0, MOST_HITS)) {
    const [best] = quotedLines(hit).toSorted((a, b) => told(b.line) - told(a.line));
    say(
      `     ${text(hit, 'path')}${best === undefined ? '' : `:${best.at}  ${shorten(best.line)}`}`,
    );
  }
  if (hits.length > MOST_HITS) say(`     and ${hits.length - MOST_HITS} more`);
};

const quotedLines = (
  hit: JsonObject,
): readonly { readonly at: number; readonly line: string }[] => {
  const passages = ownValue(hit, 'passages');
  return (Array.isArray(passages) ? passages : []).filter(isJsonObject).flatMap((passage) => {
    const quoted = ownValue(passage, 'text');
    const first = Number(ownValue(passage, 'first_line'));
    const lines = typeof quoted === 'string' ? quoted.split('\n') : [];
    return lines.map((line, place) => ({
      at: first + place,
      line: visible(line).replace(/\s+/g, ' ').trim(),
    }));
  });
};

const shorten = (line: string): string =>
  line.length <= MOST_CHARACTERS ? line : `${line.slice(0, MOST_CHARACTERS)}…`;

const showLines = (content: string): void => {
  const lines = content.trimEnd().split('\n');
  for (const line of lines.slice(0, MOST_LINES)) say(`   | ${visible(line)}`);
  if (lines.length > MOST_LINES) say(`   | … ${lines.length - MOST_LINES} more lines`);
};
