// Made by `secai-agent plugin types` of the manifest; what is changed here is lost.

export interface HashVerifyInput {
  path: string;
  expected: string;
}

export interface HashVerifyOutput {
  path: string;
  algorithm: 'sha256' | 'sha512';
  actual: string;
  matches: boolean;
  size: number;
}

export interface HashVerifyHandles {
  readonly path: ReadHandle;
}

/** What the module exports as `tools`. */
export interface Tools {
  readonly 'hash.verify': (
    input: HashVerifyInput,
    handles: HashVerifyHandles,
  ) => Promise<Frozen<HashVerifyOutput>> | Frozen<HashVerifyOutput>;
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
