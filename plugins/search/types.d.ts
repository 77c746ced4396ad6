// Made by `secai-agent plugin types` of the manifest; what is changed here is lost.

export interface LocalSearchInput {
  path: string;
  query: string;
  limit?: number;
}

export interface LocalSearchOutput {
  query: string;
  /**
   * @maxItems 50
   */
  hits: {
    path: string;
    score: number;
    /**
     * @maxItems 16
     */
    passages: {
      first_line: number;
      last_line: number;
      text: string;
    }[];
  }[];
  searched: number;
  left_out: number;
  skipped: number;
  reason?: string;
}

export interface LocalSearchHandles {
  readonly path: SearchHandle;
}

/** What the module exports as `steps`. */
export interface Steps {
  readonly local_search: (
    input: LocalSearchInput,
    handles: LocalSearchHandles,
  ) => Promise<Frozen<LocalSearchOutput>> | Frozen<LocalSearchOutput>;
}

/** What a step answers is copied, never changed. */
type Frozen<Value> = Value extends object
  ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
  : Value;

export type Label = 'low' | 'medium' | 'high';

/** `storage.search`: one folder, names and contents, ranked. */
export interface SearchHandle {
  search(args: { readonly text: string; readonly limit: number }): Promise<{
    readonly hits: readonly (Hit & { readonly label: Label })[];
    /** Files that were considered. */
    readonly searched: number;
    /** Files above the ceiling of the task: counted, never shown. */
    readonly left_out: number;
    /** Files that are too large or too many to be searched. */
    readonly skipped: number;
    readonly label: Label;
    /** Why nothing was searched; null where something was. */
    readonly reason: string | null;
  }>;
}

/** A file that a search found. */
export interface Hit {
  readonly path: string;
  readonly score: number;
  readonly passages: readonly Passage[];
}

/** Whole lines of a file, verbatim; lines are counted from 1. */
export interface Passage {
  readonly first_line: number;
  readonly last_line: number;
  readonly text: string;
}
