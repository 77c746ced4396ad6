import { counted, fit, visible } from '../shown-text.ts';
import { nameOf } from './case-text.ts';
import type { GrantUse } from './grants.ts';
import type { CaseResult, HandleUse } from './run-cases.ts';

/** What each case touched, then what was declared and what became of it. */
export const traceText = (results: readonly CaseResult[], grants: readonly GrantUse[]): string =>
  [...results.map(caseTrace), 'declared:', ...grants.map(grantLine), summary(grants)].join('\n');

const caseTrace = ({ name, entry, ended, handles, writes }: CaseResult): string =>
  [
    `${visible(name)}  (\`${entry}\`, ended \`${ended}\`)`,
    ...(handles.length === 0 ? ['  no handle'] : handles.map(handleLine)),
    ...Object.keys(writes).map((path) => `  wrote ${visible(path)}`),
  ].join('\n');

const handleLine = (use: HandleUse): string => {
  const calls = Object.entries(use.calls).map(([method, count]) => `${method} ${times(count)}`);
  const did =
    calls.length === 0 ? 'not called' : `${calls.join(', ')}, ${counted(use.bytes, 'byte')}`;
  return fit(
    `  ${nameOf(use).padEnd(12)} ${use.capability.padEnd(20)} ${visible(use.display)}: ${did}`,
    140,
  );
};

const grantLine = ({ entry, parameter, capability, use, calls, bytes }: GrantUse): string => {
  const all = Object.entries(calls).map(([method, count]) => `${method} ${times(count)}`);
  const told =
    use === 'used'
      ? `${all.join(', ')}, ${counted(bytes, 'byte')}`
      : use === 'unused'
        ? 'UNUSED: given and never called'
        : 'UNUSED: no case gives it';
  return `  ${entry} ${parameter}  ${capability}: ${told}`;
};

const summary = (grants: readonly GrantUse[]): string => {
  const unused = grants.filter(({ use }) => use !== 'used').length;
  return unused === 0
    ? 'every grant is used'
    : `${unused} of ${counted(grants.length, 'grant')} unused; \`plugin shrink\` says which can go`;
};

const times = (count: number): string => counted(count, 'call');
