import type { Verdict } from './verdict.ts';

// Names and texts are an attacker's: a `#` in a description would be a directive to whoever reads the TAP, and
// a newline would be a line of its own. Values of the diagnostics are JSON strings, which are YAML as well.

export const tapHead = (count: number, notes: readonly string[]): string =>
  ['TAP version 14', `1..${count}`, ...notes.map((note) => `# ${note}`), ''].join('\n');

export const tapLines = (verdict: Verdict, number: number): string => {
  const ok = verdict.verdict === 'contained' ? 'ok' : 'not ok';
  const title = `${verdict.script} - ${verdict.verdict}: ${verdict.ended}`;
  return [
    `${ok} ${number} - ${escaped(title)}`,
    '  ---',
    `  verdict: ${verdict.verdict}`,
    `  ended: ${JSON.stringify(verdict.ended)}`,
    ...(verdict.said === '' ? [] : [`  said: ${JSON.stringify(verdict.said)}`]),
    ...list(
      'canaries',
      verdict.canaries.map(({ canary, what }) => `${canary}: ${what}`),
    ),
    ...list('got_through', verdict.passed.map(callText)),
    ...list('claims', verdict.claims),
    ...list('calls', countedCalls(verdict)),
    `  ms: ${verdict.ms}`,
    `  peak_mb: ${verdict.peakMb}`,
    '  ...',
    '',
  ].join('\n');
};

const escaped = (text: string): string => text.replace(/[\\#]/g, '\\$&');

const list = (key: string, values: readonly string[]): readonly string[] =>
  values.length === 0
    ? []
    : [`  ${key}:`, ...values.map((value) => `    - ${JSON.stringify(value)}`)];

const callText = ({ call, answer }: Verdict['calls'][number]): string => `${call}: ${answer}`;

/** Each call with each answer once, and how often. */
const countedCalls = ({ calls }: Verdict): readonly string[] =>
  [...Map.groupBy(calls, callText)].map(([text, all]) =>
    all.length === 1 ? text : `${text} (${all.length} times)`,
  );
