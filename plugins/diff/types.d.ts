// Made by `secai-agent plugin types` of the manifest; what is changed here is lost.

export interface TextDiffInput {
  before: string;
  after: string;
}

export interface TextDiffOutput {
  identical: boolean;
  added: number;
  removed: number;
  diff: string;
}

export interface TextDiffHandles {
  readonly before: ReadHandle;
  readonly after: ReadHandle;
}

/** What the module exports as `tools`. */
export interface Tools {
  readonly 'text.diff': (
    input: TextDiffInput,
    handles: TextDiffHandles,
  ) => Promise<Frozen<TextDiffOutput>> | Frozen<TextDiffOutput>;
}

/** What a step answers is copied, never changed. */
type Frozen<Value> = Value extends object
  ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
  : Value;

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
