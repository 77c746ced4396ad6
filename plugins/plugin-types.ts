/**
 * What an author of a plugin writes against. A plugin exports
 * `steps = { step_name: async (input, handles) => output }`; input and output are as its manifest says,
 * and `handles` holds one handle for each parameter that has an `x-capability` and is given: an array of
 * handles where the parameter is an array. Nothing else reaches the world: there are no files and no
 * network, and the clock stands still during a step. Its globals: `globals/guest-globals.d.ts`.
 */

export type Label = 'low' | 'medium' | 'high';

/** `storage.read`: one file. */
export interface ReadHandle {
  read(args: {
    readonly encoding: 'text' | 'base64';
    /** In bytes; a text ends with a whole character. */
    readonly offset?: number;
    readonly length?: number;
  }): Promise<FileContent>;
}

export interface FileContent {
  readonly content: string;
  /** Bytes of the whole file. */
  readonly size: number;
  readonly offset: number;
  /** How many bytes of the file `content` stands for. */
  readonly bytes: number;
  readonly label: Label;
}

/** `storage.list`: one folder. */
export interface ListHandle {
  list(args: { readonly cursor?: string }): Promise<{
    readonly entries: readonly {
      readonly name: string;
      readonly kind: 'file' | 'folder';
      readonly size: number;
    }[];
    readonly left_out: number;
    readonly cursor: string | null;
  }>;
}

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

/** `storage.create` and `storage.replace`: one file. */
export interface WriteHandle {
  write(args: {
    readonly content: string;
    readonly encoding?: 'text' | 'base64';
  }): Promise<{ readonly size: number; readonly sha256: string }>;
}

/** `tool.invoke`: one tool, by its exact id, out of those under `requests.tools`. */
export interface InvokeHandle<Args extends object = object, Output extends object = object> {
  /**
   * Runs the tool with these arguments and answers its output, which is data like a file's text. Where the tool may
   * not be used, for whatever reason, the error's code is `tool_unavailable`.
   */
  invoke(args: Args): Promise<Output>;
}
