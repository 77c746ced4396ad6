/** Two texts as one: unchanged lines with two spaces, removed with `- `, added with `+ `. */
export const lineDifference = (before: string, after: string): readonly string[] => {
  const a = before.trimEnd().split('\n');
  const b = after.trimEnd().split('\n');
  const common = longestCommon(a, b);
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const left = a[i];
    const right = b[j];
    if (left !== undefined && left === right) {
      lines.push(`  ${left}`);
      i += 1;
      j += 1;
    } else if (
      left !== undefined &&
      (right === undefined || common(i + 1, j) >= common(i, j + 1))
    ) {
      lines.push(`- ${left}`);
      i += 1;
    } else {
      lines.push(`+ ${right ?? ''}`);
      j += 1;
    }
  }
  return lines;
};

/** How many lines the two have in common from these places on. A manifest has few hundred lines. */
const longestCommon = (
  a: readonly string[],
  b: readonly string[],
): ((i: number, j: number) => number) => {
  const width = b.length + 1;
  const lengths = new Uint16Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      lengths[i * width + j] =
        a[i] === b[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
    }
  }
  return (i, j) => lengths[i * width + j] ?? 0;
};
