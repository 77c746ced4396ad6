import { type AttackLine, objections, type VettingReport } from './vetting-report.ts';

/** The report as a page for people, `VETTING.md`. */
export const vettingText = (report: VettingReport): string => {
  const { plugin, cases, attacks, corpus, hints } = report;
  const against = objections(report);
  return `# Vetting of \`${plugin.id}\` ${plugin.version}

| fact    | value |
| ------- | ----- |
| verdict | ${against.length === 0 ? 'PASSED' : 'FAILED'} |
| package | \`${plugin.digest}\` |
| when    | ${report.vetted_at} |
| seed    | ${report.seed} |

${[
  against.length === 0 ? 'Nothing was found against it.' : list(against),
  ...(hints.length === 0 ? [] : [list(hints.map((hint) => `hint: ${hint}`))]),
].join('\n\n')}

## Cases, in cells under their profile

${table(
  ['case', 'runs', 'verdict'],
  cases.map(({ name, entry, passed }) => [name, entry, passed ? 'passed' : 'failed']),
)}

## Its code among canaries

${attackTable(attacks)}

## Attacks of the corpus on the same range

${attackTable(corpus)}
`;
};

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

const attackTable = (lines: readonly AttackLine[]): string =>
  table(
    ['run', 'verdict', 'ended', 'ms', 'peak MB'],
    lines.map(({ script, verdict, ended, ms, peakMb }) => [script, verdict, ended, ms, peakMb]),
  );

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map(cell).join(' | ')} |`)
    .join('\n');

const cell = (value: string | number): string =>
  String(value).replaceAll('|', '\\|').replaceAll('\n', ' ');
