import type { Passage } from './search-answer.ts';

/** A file on its way into the index. `name` is its path below the searched folder. */
export interface IndexedFile {
  readonly row: number;
  readonly name: string;
  readonly body: string;
}

export interface FoundRow {
  readonly row: number;
  readonly score: number;
  readonly passages: readonly Passage[];
}

/** What the broker asks of the index thread; one index is one folder as one kind of task sees it. */
export type IndexCall =
  | { readonly kind: 'open'; readonly index: number }
  | {
      readonly kind: 'change';
      readonly index: number;
      /** Rows that leave, before the files that enter: both or neither. */
      readonly drop: readonly number[];
      readonly put: readonly IndexedFile[];
    }
  | {
      readonly kind: 'find';
      readonly index: number;
      readonly terms: readonly string[];
      readonly limit: number;
    }
  | { readonly kind: 'close'; readonly index: number };

export interface IndexRequest {
  readonly id: number;
  readonly call: IndexCall;
}

export type IndexReply =
  | { readonly id: number; readonly kind: 'done'; readonly found: readonly FoundRow[] }
  | { readonly id: number; readonly kind: 'failed'; readonly error: string };
