import type { Finding } from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import { printable } from './plain-text.ts';
import { PROFILE_LIMITS } from './profile-limits.ts';
import type { ProfileRule } from './profile-rules.ts';

/** A finding, and the place by which a document tells its line and column. */
export type ProfileFault = Finding & {
  readonly rule: ProfileRule;
  readonly path: DocumentPath;
  readonly at: 'key' | 'value';
};

export interface Refusal {
  readonly path: DocumentPath;
  readonly at?: 'key' | 'value';
  readonly rule: ProfileRule;
  readonly problem: string;
  readonly mend: string;
}

/** What one reading of one document may still cost, and what it found. */
export interface ProfileReading {
  readonly refuse: (refusal: Refusal) => void;
  readonly countSchema: (path: DocumentPath) => void;
  /** Counts a pattern before it is compiled; false where it is one too many. */
  readonly countPattern: (path: DocumentPath) => boolean;
  /** Counts what a compiled pattern may cost a value. */
  readonly countSteps: (path: DocumentPath, steps: number) => void;
  readonly faults: () => readonly ProfileFault[];
}

/** Ends a reading that has found or spent enough; never leaves this folder. */
export class ReadingEnded extends Error {
  override readonly name = 'ReadingEnded';
}

export const makeProfileReading = (): ProfileReading => {
  const faults = new Map<string, ProfileFault>();
  const left = {
    schemas: PROFILE_LIMITS.nodes,
    patterns: PROFILE_LIMITS.patterns,
    steps: PROFILE_LIMITS.patternSteps,
  };

  const refuse = ({ path, at = 'value', rule, problem, mend }: Refusal): void => {
    const pointer = pointerOf(path);
    // A definition is read once for each reference to it, and its faults are told once.
    faults.set(`${pointer} ${rule} ${problem}`, { pointer, rule, problem, mend, path, at });
    if (faults.size >= PROFILE_LIMITS.findings) throw new ReadingEnded();
  };

  return Object.freeze({
    refuse,
    countSchema: (path: DocumentPath) => {
      left.schemas -= 1;
      if (left.schemas >= 0) return;
      refuse({
        path,
        rule: 'too-many-schemas',
        problem: `more than ${PROFILE_LIMITS.nodes} schemas`,
        mend: 'ask for less: each `$ref` counts with all that it leads to',
      });
      throw new ReadingEnded();
    },
    countPattern: (path: DocumentPath) => {
      left.patterns -= 1;
      if (left.patterns >= 0) return true;
      refuse({
        path,
        rule: 'pattern-count',
        problem: `more than ${PROFILE_LIMITS.patterns} patterns`,
        mend: 'use `enum` or lengths where they are enough, and check the rest in the step',
      });
      return false;
    },
    countSteps: (path: DocumentPath, steps: number) => {
      left.steps -= steps;
      if (left.steps >= 0) return;
      refuse({
        path,
        rule: 'pattern-steps',
        problem: `matching may cost more than ${PROFILE_LIMITS.patternSteps} steps`,
        mend: 'lower `maxLength` or `maxItems`, or write a shorter pattern and count with `minLength`',
      });
    },
    faults: () => [...faults.values()],
  });
};

/** A pointer of RFC 6901. Names are a stranger's text, so what is not printable shows as `?`. */
const pointerOf = (path: DocumentPath): string =>
  path
    .map((part) => `/${printable(String(part)).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
