import { ERRORS, type ErrorCode, factsOf } from '../../core/vocabulary/error-catalogue.ts';

const row = (code: string): string => {
  const { status, fault, retryable, remedy } = factsOf(code as ErrorCode);
  const cells = [`\`${code}\``, `${status}`, fault, retryable ? 'yes' : 'no', remedy ?? ''];
  return `| ${cells.join(' | ')} |`.replace(/ {2}\|$/, ' |');
};

/** The table of README.md, as the catalogue has it. */
export const errorTable = (): string =>
  [
    '| code | status | fault | retryable | remedy |',
    '| --- | --- | --- | --- | --- |',
    ...Object.keys(ERRORS).map(row),
  ].join('\n');

if (import.meta.main) process.stdout.write(`${errorTable()}\n`);
