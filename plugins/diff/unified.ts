import type { Run } from './edit-script.ts';

const CONTEXT = 3;

/** The hunks of a unified difference, with three lines around each change. */
export const unified = (
  runs: readonly Run[],
  before: readonly string[],
  after: readonly string[],
): string => {
  const hunks: Hunk[] = [];
  for (const [index, run] of runs.entries()) {
    if (run.kind !== 'same') {
      hunkAt(hunks, run).lines.push(...changed(run, before, after));
      continue;
    }
    const lines = before.slice(run.before, run.before + run.count);
    const isLast = index === runs.length - 1;
    const hunk = hunks.at(-1);
    if (hunk !== undefined && lines.length <= 2 * CONTEXT && !isLast) {
      hunk.lines.push(...lines.map((line) => ` ${line}`));
      continue;
    }
    hunk?.lines.push(...lines.slice(0, CONTEXT).map((line) => ` ${line}`));
    if (isLast) continue;
    const lead = lines.slice(-CONTEXT);
    const skipped = run.count - lead.length;
    hunks.push({
      before: run.before + skipped,
      after: run.after + skipped,
      lines: lead.map((line) => ` ${line}`),
    });
  }
  return hunks.map(hunkText).join('');
};

interface Hunk {
  readonly before: number;
  readonly after: number;
  readonly lines: string[];
}

const hunkAt = (hunks: Hunk[], { before, after }: Run): Hunk => {
  const hunk = hunks.at(-1) ?? { before, after, lines: [] };
  if (hunks.length === 0) hunks.push(hunk);
  return hunk;
};

const changed = (
  { kind, before, after, count }: Run,
  old: readonly string[],
  now: readonly string[],
): readonly string[] =>
  kind === 'removed'
    ? old.slice(before, before + count).map((line) => `-${line}`)
    : now.slice(after, after + count).map((line) => `+${line}`);

const hunkText = ({ before, after, lines }: Hunk): string => {
  const old = lines.filter((line) => !line.startsWith('+')).length;
  const now = lines.filter((line) => !line.startsWith('-')).length;
  return `@@ -${range(before, old)} +${range(after, now)} @@\n${lines.join('\n')}\n`;
};

// An empty range names the line before it.
const range = (start: number, count: number): string =>
  `${count === 0 ? start : start + 1},${count}`;
