import type { Pattern } from '../../../vocabulary/manifest.ts';
import { compileLinear, type LinearPattern } from '../../../vocabulary/parse/linear-pattern.ts';
import { readPatternProgram } from './pattern-program.ts';
import { isPlainText } from './plain-text.ts';
import { PROFILE_LIMITS } from './profile-limits.ts';
import type { ProfileReading } from './profile-reading.ts';
import type { ProfileRule } from './profile-rules.ts';
import type { SchemaRecord } from './schema-record.ts';

/** How often at most one value holds the string of a pattern, and how long it is at most. */
export interface PatternUse {
  readonly copies: number;
  readonly maxLength: number;
}

/** The pattern of a string; null where it has none, or one that is refused. */
export const parsePattern = (
  record: SchemaRecord,
  { copies, maxLength }: PatternUse,
  reading: ProfileReading,
): Pattern | null => {
  if (!record.has('pattern')) return null;
  const path = [...record.path, 'pattern'];
  const refuse = (rule: ProfileRule, problem: string, mend: string): null => {
    record.refuse({ on: 'pattern', rule, problem, mend });
    return null;
  };
  // The author chose the pattern, and a caller or guest chooses the text. Everything that a size can
  // tell is refused before an engine sees the pattern, and a value's length before it is matched.
  const source = record.get('pattern');
  const { patternLength, patternProgram } = PROFILE_LIMITS;
  if (typeof source !== 'string' || source.length > patternLength || !isPlainText(source)) {
    const problem = `expected one line of at most ${patternLength} visible characters`;
    return refuse('pattern-text', problem, 'write it shorter, and control characters as `\\x0A`');
  }
  if (!reading.countPattern(path)) return null;
  const program = readPatternProgram(source);
  if (!program.ok) return refuse('pattern-syntax', program.problem, SYNTAX_MEND);
  const tooLarge = (): null =>
    refuse(
      'pattern-program',
      `compiles to more than ${patternProgram} instructions`,
      'count characters with `minLength` and `maxLength`, repeat with `*` and `+`, and name few Unicode classes',
    );
  if (program.size > patternProgram) return tooLarge();
  const compiled = compile(source);
  if (compiled === undefined) return refuse('pattern-syntax', 'no pattern of RE2', SYNTAX_MEND);
  const size = compiled.programSize();
  if (size > patternProgram) return tooLarge();
  reading.countSteps(path, copies * (maxLength + 1) * size);
  return Object.freeze({ source, matches: (text: string) => compiled.test(text) });
};

const SYNTAX_MEND =
  'use RE2 without names and look-around; write `\\x{20AC}` for a code point, `\\[` for a bracket in a set';

const compile = (source: string): LinearPattern | undefined => {
  try {
    return compileLinear(source);
  } catch {
    return undefined;
  }
};
