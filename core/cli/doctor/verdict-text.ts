import { visible } from '../shown-text.ts';
import type { Row } from './row.ts';
import type { Facts, Verdict } from './verdict.ts';

const HEAD = ['', 'process', 'profile', 'tried', 'answered', 'enforced by'];
const GAP = '  ';
/** Wider cells are cut: the whole text is in `--json`. */
const MOST_WIDE = 56;

/**
 * The report as text: facts, one table, and what is missing. What every profile answered alike stands there
 * once, so that the table can be read.
 */
export const verdictText = (verdict: Verdict): string =>
  [factLines(verdict.facts), table(verdict.rows), ending(verdict)].join('\n\n');

const factLines = (facts: Facts): string => {
  const width = Math.max(...Object.keys(facts).map((name) => name.length));
  return Object.entries(facts)
    .map(([name, value]) => {
      const text = Array.isArray(value) ? value.join(', ') : String(value);
      return `${name.replaceAll('_', ' ').padEnd(width)}${GAP}${visible(text)}`;
    })
    .join('\n');
};

const table = (rows: readonly Row[]): string => {
  const lines = [HEAD, ...merged(rows)];
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => (line[column] ?? '').length)),
  );
  const print = (line: readonly string[]): string =>
    line
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join(GAP)
      .trimEnd();
  const [head = HEAD, ...body] = lines;
  return [print(head), print(widths.map((width) => '-'.repeat(width))), ...body.map(print)].join(
    '\n',
  );
};

/** The columns of each row; rows that differ in their profile alone are one. */
const merged = (rows: readonly Row[]): readonly (readonly string[])[] => {
  const profiles = new Set(rows.flatMap(({ profile }) => profile ?? []));
  const alike = Map.groupBy(rows, (row) => JSON.stringify([row.process, ...columnsOf(row)]));
  return [...alike.values()].flatMap(([row, ...others]) => {
    if (row === undefined) return [];
    const names = [row, ...others].map(({ profile }) => profile ?? '');
    const profile = names.length > 1 && names.length === profiles.size ? 'each' : names.join(', ');
    const [mark = '', ...texts] = columnsOf(row);
    return [[mark, row.process, profile, ...texts]];
  });
};

const columnsOf = (row: Row): readonly string[] => [
  markOf(row),
  cut(row.tried),
  cut(row.answered),
  cut(row.enforcedBy ?? '-'),
];

const markOf = ({ mandatory, ok }: Row): string =>
  ok ? (mandatory ? 'ok' : 'i') : mandatory ? 'NO' : 'i';

const cut = (text: string): string => {
  const shown = visible(text);
  return shown.length > MOST_WIDE ? `${shown.slice(0, MOST_WIDE - 1)}…` : shown;
};

const ending = ({ ok, rows, missing }: Verdict): string => {
  const mandatory = rows.filter((row) => row.mandatory).length;
  const others = rows.length - mandatory;
  const counts = `${mandatory} mandatory rows, ${others} for information (marked i)`;
  if (ok) return `the wall stands: ${counts}`;
  const byRemedy = Map.groupBy(missing, ({ remedy }) => remedy);
  return [
    `THE WALL HAS HOLES: ${missing.length} of ${counts}`,
    ...[...byRemedy].flatMap(([remedy, entries]) => [
      '',
      `to do: ${remedy}`,
      ...entries.map(({ row, answered }) => `  ${row}: ${visible(answered)}`),
    ]),
  ].join('\n');
};
