import { loadLibrary } from './load-library.ts';
import { keepLine, MOST_IN_A_LINE } from './log-lines.ts';

const write =
  (prefix: string) =>
  (...values: unknown[]): void => {
    let line = prefix;
    for (let index = 0; index < values.length && line.length <= MOST_IN_A_LINE; index += 1) {
      const value = values[index];
      if (index > 0) line += ' ';
      line += typeof value === 'string' ? value : loadLibrary().showValue(value, MOST_IN_A_LINE);
    }
    keepLine(line);
  };

/**
 * The guest's `console`: each call is one line of the step's bounded log. Values are turned into text
 * here and now, at the guest's expense; nobody outside ever looks at one (attack 22).
 */
export const console: object = {
  debug: write('debug: '),
  error: write('error: '),
  info: write(''),
  log: write(''),
  warn: write('warn: '),
};
