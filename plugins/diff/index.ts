import type { ReadHandle } from '../plugin-types.ts';
import { readText } from '../text/read-text.ts';
import { editScript, MOST_EDITS } from './edit-script.ts';
import { unified } from './unified.ts';

interface DiffInput {
  readonly before: string;
  readonly after: string;
}

interface DiffOutput {
  readonly identical: boolean;
  readonly added: number;
  readonly removed: number;
  /** In the unified format; empty where the texts are identical. */
  readonly diff: string;
}

const MOST_LINES = 50_000;
/** Characters of a difference in one result. */
const MOST_TEXT = 900_000;

const diff = async (
  input: DiffInput,
  handles: { readonly before: ReadHandle; readonly after: ReadHandle },
): Promise<DiffOutput> => {
  const before = await linesOf(input.before, handles.before);
  const after = await linesOf(input.after, handles.after);
  const runs = editScript(before, after);
  if (runs === undefined) throw new Error(`the files differ in more than ${MOST_EDITS} lines`);
  const count = (kind: string): number =>
    runs.filter((run) => run.kind === kind).reduce((sum, run) => sum + run.count, 0);
  const added = count('added');
  const removed = count('removed');
  const identical = added + removed === 0;
  const text = identical ? '' : unified(runs, before, after);
  if (text.length > MOST_TEXT) throw new Error('the difference is longer than one result may be');
  return { identical, added, removed, diff: text };
};

const linesOf = async (path: string, file: ReadHandle): Promise<readonly string[]> => {
  const { content, size, complete } = await readText(file);
  if (!complete) throw new Error(`\`${path}\` has ${size} bytes, more than can be compared`);
  if (content.includes('\ufffd')) throw new Error(`\`${path}\` is not UTF-8 text`);
  const lines = content.split('\n');
  // The last line end closes its line and begins none.
  if (lines.at(-1) === '') lines.pop();
  if (lines.length > MOST_LINES) throw new Error(`\`${path}\` has more than ${MOST_LINES} lines`);
  return lines;
};

export const tools = { 'text.diff': diff };
