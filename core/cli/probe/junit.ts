import type { Verdict } from './verdict.ts';

/** The verdicts as JUnit XML: an escape is a failure, a script that hung or was refused an error. */
export const junitText = (verdicts: readonly Verdict[], profile: string): string => {
  const failures = verdicts.filter(({ verdict }) => verdict === 'ESCAPED').length;
  const contained = verdicts.filter(({ verdict }) => verdict === 'contained').length;
  const seconds = verdicts.reduce((sum, { ms }) => sum + ms, 0) / 1000;
  const counts = [
    `tests="${verdicts.length}"`,
    `failures="${failures}"`,
    `errors="${verdicts.length - failures - contained}"`,
    `time="${seconds.toFixed(3)}"`,
  ].join(' ');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `<testsuite name="${attribute(`secai-agent probe, ${profile}`)}" ${counts}>`,
    ...verdicts.map(testCase),
    '</testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
};

const testCase = (verdict: Verdict): string => {
  const { script, ms } = verdict;
  const head = `<testcase classname="probe" name="${attribute(script)}" time="${(ms / 1000).toFixed(3)}">`;
  return [
    head,
    ...problem(verdict),
    `<system-out>${content(detail(verdict))}</system-out>`,
    '</testcase>',
  ].join('');
};

const problem = (verdict: Verdict): readonly string[] => {
  if (verdict.verdict === 'contained') return [];
  const kind = verdict.verdict === 'ESCAPED' ? 'failure' : 'error';
  const what = [
    ...verdict.canaries.map(({ canary, what: how }) => `${canary}: ${how}`),
    ...verdict.passed.map(({ call, answer }) => `${call}: ${answer}`),
  ].join('; ');
  const message = attribute(`${verdict.verdict} ${what}`.trim());
  return [`<${kind} type="${verdict.verdict}" message="${message}"/>`];
};

const detail = ({ ended, said, peakMb, calls }: Verdict): string =>
  [
    `ended: ${ended}`,
    ...(said === '' ? [] : [`said: ${said}`]),
    `peak: ${peakMb} MB`,
    ...calls.map(({ call, answer }) => `${call}: ${answer}`),
  ].join('\n');

// Control characters cannot stand in XML at all, not even as references; halves of a pair neither.
const legal = (text: string): string =>
  text.toWellFormed().replace(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, '\ufffd');

const content = (text: string): string =>
  legal(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const attribute = (text: string): string =>
  content(text)
    .replaceAll('"', '&quot;')
    .replace(/[\t\n\r]/g, ' ');
