/** One run of lines: in both texts, only in the first, or only in the second. */
export interface Run {
  readonly kind: 'same' | 'removed' | 'added';
  /** Where it begins, counted from 0. */
  readonly before: number;
  readonly after: number;
  readonly count: number;
}

/** More edits than this are no difference that a person reads; the work grows with their square. */
export const MOST_EDITS = 2000;

/**
 * The shortest edit script from one list of lines to another (E. W. Myers, An O(ND) difference algorithm), or
 * undefined where it needs more than `MOST_EDITS` edits.
 */
export const editScript = (
  before: readonly string[],
  after: readonly string[],
): readonly Run[] | undefined => {
  const traces: Int32Array[] = [];
  // `best[k + offset]` is how far a path on diagonal k came in the first text.
  const most = Math.min(MOST_EDITS, before.length + after.length);
  const offset = most + 1;
  const best = new Int32Array(2 * most + 3);
  for (let edits = 0; edits <= most; edits += 1) {
    traces.push(best.slice(offset - edits - 1, offset + edits + 2));
    for (let k = -edits; k <= edits; k += 2) {
      const down =
        k === -edits || (k !== edits && at(best, offset + k - 1) < at(best, offset + k + 1));
      let x = down ? at(best, offset + k + 1) : at(best, offset + k - 1) + 1;
      let y = x - k;
      while (x < before.length && y < after.length && before[x] === after[y]) {
        x += 1;
        y += 1;
      }
      best[offset + k] = x;
      if (x >= before.length && y >= after.length)
        return runsOf(traces, before.length, after.length);
    }
  }
  return undefined;
};

const at = (line: Int32Array, index: number): number => line[index] ?? 0;

// Walks back from the end over what each number of edits had reached.
const runsOf = (traces: readonly Int32Array[], endX: number, endY: number): readonly Run[] => {
  const runs: Run[] = [];
  let x = endX;
  let y = endY;
  for (let edits = traces.length - 1; edits >= 0; edits -= 1) {
    const trace = traces[edits] ?? new Int32Array(0);
    const middle = edits + 1;
    const k = x - y;
    const down =
      k === -edits || (k !== edits && at(trace, middle + k - 1) < at(trace, middle + k + 1));
    const from = edits === 0 ? 0 : k + (down ? 1 : -1);
    const fromX = edits === 0 ? 0 : at(trace, middle + from);
    const fromY = fromX - from;
    const editX = edits === 0 ? 0 : down ? fromX : fromX + 1;
    const editY = edits === 0 ? 0 : down ? fromY + 1 : fromY;
    if (x > editX) runs.push({ kind: 'same', before: editX, after: editY, count: x - editX });
    if (edits > 0) {
      runs.push({ kind: down ? 'added' : 'removed', before: fromX, after: fromY, count: 1 });
    }
    x = fromX;
    y = fromY;
  }
  return joined(runs.reverse());
};

const joined = (runs: readonly Run[]): readonly Run[] => {
  const result: Run[] = [];
  for (const run of runs) {
    const last = result.at(-1);
    if (last?.kind === run.kind)
      result[result.length - 1] = { ...last, count: last.count + run.count };
    else result.push(run);
  }
  return result;
};
