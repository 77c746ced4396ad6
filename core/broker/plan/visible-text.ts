// What a person reads before approving must be what is there. A name may hold anything a file system takes:
// bidirectional overrides, zero-width characters, letters that look like others, or `, b.md (new, 1 KB)` to
// look like a second entry (attacks 47, 195). So whatever is not plain ASCII is shown as \u{…}, the characters
// that the UI escapes too, the backslash that would imitate such an escape, and each space that cannot be told
// apart from our own punctuation.
const PLAIN = /^[ !#$%()*+,\-./0-9:;=?@A-Z[\]^_`a-z{|}~]$/;

/** A text of someone else as ASCII without `< > & ' "`, in which everything unusual is visible. */
export const visible = (text: string): string => {
  const points = Array.from(text);
  return points
    .map((point, index) =>
      PLAIN.test(point) && !imitates(points, index) ? point : `\\u{${hexOf(point)}}`,
    )
    .join('');
};

// A space at an end, beside another space, after a comma or colon, or before a parenthesis.
const imitates = (points: readonly string[], index: number): boolean =>
  points[index] === ' ' &&
  (/^[\s,:]?$/.test(points[index - 1] ?? '') || /^[\s(]?$/.test(points[index + 1] ?? ''));

const hexOf = (point: string): string => (point.codePointAt(0) ?? 0).toString(16);
