import { RE2JS } from 're2js';

/**
 * A pattern of RE2 as a question, matched anywhere in a text and in linear time.
 * @throws Error for what RE2 does not know
 */
export const compilePattern = (pattern: string): ((text: string) => boolean) => {
  const compiled = RE2JS.compile(pattern);
  return (text) => compiled.test(text);
};
