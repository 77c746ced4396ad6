export type PatternProgram =
  /** About the number of instructions that the pattern compiles to, repetitions counted out. */
  { readonly ok: true; readonly size: number } | { readonly ok: false; readonly problem: string };

/** A Unicode class is one instruction, and a table of hundreds of ranges that takes milliseconds to make. */
const TABLE_SIZE = 32;

const ESCAPE =
  '\\\\(?:[dDwWsSbBAzntrfv]|x[0-9A-Fa-f]{2}|x\\{[0-9A-Fa-f]{1,6}\\}|[pP](?:[A-Z]|\\{\\^?[A-Za-z_]{1,32}\\})|[!-/:-@[-`{-~])';
const TABLE = /^\\[pP]/;
const TABLES = /\\[pP]/g;

// Each alternative starts with another character, so this scan is linear, whatever the text.
const TOKEN = new RegExp(
  [
    `(?<escaped>${ESCAPE})`,
    `(?<set>\\[(?:\\^|(?!\\^))(?:[^\\\\[\\]]|${ESCAPE})+\\])`,
    '(?<flags>\\(\\?[ims]+\\))',
    '(?<open>\\((?:\\?[ims]*:|(?!\\?)))',
    '(?<close>\\))',
    '(?<or>\\|)',
    '(?<repeat>[*+?]\\??)',
    '\\{(?<least>\\d{1,4})(?<open_end>,(?<most>\\d{0,4}))?\\}\\??',
    '(?<atom>[^\\\\[\\](){}|*+?])',
  ].join('|'),
  'uy',
);

/**
 * Reads a pattern without compiling it: what RE2 engines have in common (re2js here, Go at the tool
 * firewall), and how large its program is. `((a{9}){9}){9}` is 15 characters and 729 instructions, so
 * repetitions are multiplied out before an engine does that work (attack 134).
 */
export const readPatternProgram = (pattern: string): PatternProgram => {
  const outer: Level[] = [];
  let level: Level = { size: 1, last: 0 };
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < pattern.length) {
    const at = TOKEN.lastIndex;
    const groups = TOKEN.exec(pattern)?.groups;
    if (groups === undefined) return { ok: false, problem: unreadable(pattern, at) };
    const { escaped, set, flags, open, close, or, repeat, least, most, open_end: range } = groups;
    if (open !== undefined) {
      outer.push(level);
      level = { size: 2, last: 0 };
    } else if (close !== undefined) {
      const above = outer.pop();
      if (above === undefined) return { ok: false, problem: 'a `)` that nothing opened' };
      level = append(above, level.size);
    } else if (least !== undefined) {
      level = repeated(level, Number(least), range === undefined ? Number(least) : most);
    } else if (repeat !== undefined) level = grown(level, 2);
    else if (or !== undefined) level = { size: level.size + 1, last: 0 };
    else if (flags === undefined) level = append(level, sizeOf(escaped, set));
  }
  return outer.length > 0
    ? { ok: false, problem: 'a `(` that nothing closes' }
    : { ok: true, size: level.size };
};

interface Level {
  /** Instructions of this group so far, and those of its last part among them. */
  readonly size: number;
  readonly last: number;
}

const append = ({ size }: Level, part: number): Level => ({ size: size + part, last: part });
const grown = ({ size, last }: Level, by: number): Level => ({ size: size + by, last: last + by });

const repeated = (level: Level, least: number, most: string | number | undefined): Level => {
  const times = most === '' || most === undefined ? least + 1 : Number(most);
  // An optional copy needs one more instruction.
  const copies = times * level.last + Math.max(0, times - least);
  return grown(level, Math.max(0, copies - level.last));
};

const sizeOf = (escaped: string | undefined, set: string | undefined): number => {
  if (set !== undefined) return 1 + TABLE_SIZE * [...set.matchAll(TABLES)].length;
  return escaped !== undefined && TABLE.test(escaped) ? TABLE_SIZE : 1;
};

const unreadable = (pattern: string, at: number): string => {
  switch (pattern.charAt(at)) {
    case '\\':
      return `an escape at character ${at + 1} that is not in every RE2 engine`;
    case '[':
      return `a set at character ${at + 1} that is open, empty, or holds a bare \`[\``;
    case '(':
      return `a group at character ${at + 1} that looks around, has a name, or is no group of RE2`;
    default:
      return `a \`${pattern.charAt(at)}\` at character ${at + 1} that stands for nothing`;
  }
};
