import type { Finding } from '../../../vocabulary/manifest.ts';
import type { DocumentPath, Position } from '../../../vocabulary/parse/yaml.ts';

/** A finding whose place in the text is not yet known. */
export interface Fault {
  readonly path: DocumentPath;
  /** Whether the last key of the path is wrong, or what it holds. */
  readonly at: 'key' | 'value';
  readonly rule: string;
  readonly problem: string;
  readonly mend: string;
}

export type Locate = (path: DocumentPath, what: 'key' | 'value') => Position;

const MOST_FINDINGS = 20;
// To find the place of a fault is to walk the document: nobody waits for thousands of them.
const MOST_LOCATED = 200;

/** The faults as an author reads them: in the order of the text, each place once a rule, at most 20. */
export const findingsOf = (faults: readonly Fault[], locate: Locate): readonly Finding[] => {
  const findings = faults.slice(0, MOST_LOCATED).map(({ path, at, rule, problem, mend }) => ({
    pointer: pointerOf(path),
    rule,
    problem,
    mend,
    ...locate(path, at),
  }));
  return findings.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_FINDINGS);
};

/** RFC 6901. A key is a stranger's text: what does not print stands as `?`, and a long one is cut. */
const pointerOf = (path: DocumentPath): string =>
  path
    .map((segment) => `/${shown(String(segment)).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');

/** A stranger's text as it may stand in a finding. */
const shown = (text: string): string => text.slice(0, 64).replace(/\P{ASCII}|\p{C}|`/gu, '?');
