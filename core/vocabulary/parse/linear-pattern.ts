import { RE2JS } from 're2js';

/** A compiled RE2 pattern, unanchored. `test` takes time linear in the text. */
export interface LinearPattern {
  test(text: string): boolean;
  /** Instructions of the program: what one character of a text costs at most. */
  programSize(): number;
}

/**
 * Compiles a pattern as JSON Schema writes it, for an engine that never backtracks (attack 134). The
 * engine's object is handed out as it is: Ajv tells compiled patterns apart by their text, and a wrapper
 * without its own would make all patterns of a schema share the first.
 * @throws Error when it is no pattern of RE2
 */
export const compileLinear = (pattern: string): LinearPattern =>
  RE2JS.compile(RE2JS.translateRegExp(pattern));
