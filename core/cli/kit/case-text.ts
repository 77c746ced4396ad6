import { counted, fit, linesVisible, visible } from '../shown-text.ts';
import type { CaseResult, HandleUse } from './run-cases.ts';

/** A case as `plugin test` shows it: verdict, time, memory, handle calls, and below it what was not expected. */
export const caseLines = (result: CaseResult): string => {
  const { name, verdict, wallMs, cpuMs, peakBytes, handles, problems, log } = result;
  const mark = verdict === 'passed' ? 'ok  ' : 'FAIL';
  const cost = `${wallMs} ms, cpu ${cpuMs} ms, ${Math.round(peakBytes / 1024 / 1024)} MB`;
  const calls = handles.map(callsText).filter((text) => text !== '');
  return [
    `${mark}  ${fit(visible(name), 60)}  (${cost}${calls.length === 0 ? '' : `; ${calls.join(', ')}`})`,
    ...problems.map((problem) => `        ${linesVisible(problem)}`),
    ...(verdict === 'passed' ? [] : log.map((line) => `        console: ${visible(line)}`)),
  ].join('\n');
};

/** `path read×2`; empty for a handle that was not called. */
const callsText = (use: HandleUse): string =>
  Object.entries(use.calls)
    .map(([method, count]) => `${nameOf(use)} ${method}×${count}`)
    .join(', ');

/** The parameter, and its place where it is one of several. */
export const nameOf = ({ parameter, index }: HandleUse): string =>
  index === null ? parameter : `${parameter}[${index}]`;

/** The last line of a run. */
export const casesSummary = (results: readonly CaseResult[]): string => {
  const passed = results.filter(({ verdict }) => verdict === 'passed').length;
  return `${passed} of ${counted(results.length, 'case')} passed`;
};
