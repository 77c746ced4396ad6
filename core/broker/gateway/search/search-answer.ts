import type { Label } from '../../../vocabulary/enums.ts';

/** Whole lines of a file, verbatim, with 1-based numbers: what a report can cite. */
export interface Passage {
  readonly first_line: number;
  readonly last_line: number;
  readonly text: string;
}

export interface SearchHit {
  /** The name that people see. */
  readonly path: string;
  /** BM25, larger is better, six digits. */
  readonly score: number;
  readonly label: Label;
  readonly passages: readonly Passage[];
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  /** Files whose name and text were searched. */
  readonly searched: number;
  /** Files above the ceiling: counted whatever the query, so that the count tells nothing of their text. */
  readonly left_out: number;
  /** Files over a limit of the index, or not readable as text. */
  readonly skipped: number;
  /** The highest label of the returned hits. */
  readonly label: Label;
  /** Why nothing was searched; null where something was. */
  readonly reason: string | null;
}
