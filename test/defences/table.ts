import { readDefences } from './defence.ts';

const HEAD = ['defence', 'taken away by', 'holds', 'attacks', 'fails without it'] as const;

/** The table of SECURITY.md, as the patches have it. */
export const defenceTable = (): string => {
  const rows = readDefences().map(({ name, says, invariants, attacks, hazards }) => [
    says,
    `\`${name}\``,
    invariants.join(', ') || '–',
    attacks.join(', ') || '–',
    hazards.map((hazard) => `\`${hazard}\``).join(', '),
  ]);
  const widths = HEAD.map((title, place) =>
    Math.max(title.length, ...rows.map((row) => row[place]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, place) => cell.padEnd(widths[place] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [line(HEAD), line(rule), ...rows.map(line)].join('\n');
};

if (import.meta.main) process.stdout.write(`${defenceTable()}\n`);
