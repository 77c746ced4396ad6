import type { JsonObject } from '../vocabulary/json.ts';
import { text } from './shown-text.ts';
import { stepLines, stepsOf } from './task-text.ts';

/** Tells who waits what happens: each step that changes, once for each change. */
export const makeProgress = (
  write: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): ((task: JsonObject) => void) => {
  const told = new Map<string, string>();
  return (task) => {
    for (const step of stepsOf(task)) {
      const id = text(step, 'step_id');
      const status = text(step, 'status');
      if (told.get(id) === status) continue;
      told.set(id, status);
      for (const line of stepLines(step)) write(line);
    }
  };
};

/** What a person would type next, on stderr; nothing where the task is over. */
export const sayWhatIsNext = (task: JsonObject): void => {
  const id = text(task, 'task_id');
  const status = text(task, 'status');
  if (status === 'pending_approval') {
    process.stderr.write(
      `it waits for an answer: secai-agent task approve ${id} --all (or deny, or single steps)\n`,
    );
  } else if (status === 'running') {
    process.stderr.write(`it runs: secai-agent task watch ${id}\n`);
  }
};
