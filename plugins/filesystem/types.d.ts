// Made by `secai-agent plugin types` of the manifest; what is changed here is lost.

export interface ReadFileInput {
  path: string;
  whole?: boolean;
}

export interface ReadFileOutput {
  path: string;
  content: string;
  size: number;
  complete: boolean;
}

export interface ReadFileHandles {
  readonly path: ReadHandle;
}

export interface WriteFileInput {
  path: string;
  content: string;
}

export interface WriteFileOutput {
  path: string;
  size: number;
  sha256: string;
}

export interface WriteFileHandles {
  readonly path: WriteHandle;
}

export interface OverwriteFileInput {
  path: string;
  content: string;
}

export interface OverwriteFileOutput {
  path: string;
  size: number;
  sha256: string;
}

export interface OverwriteFileHandles {
  readonly path: WriteHandle;
}

export interface FilesystemReadInput {
  path: string;
}

export interface FilesystemReadOutput {
  path: string;
  content: string;
  size: number;
  complete: boolean;
}

export interface FilesystemReadHandles {
  readonly path: ReadHandle;
}

export interface FilesystemWriteInput {
  path: string;
  content: string;
}

export interface FilesystemWriteOutput {
  path: string;
  size: number;
  sha256: string;
}

export interface FilesystemWriteHandles {
  readonly path: WriteHandle;
}

export interface FilesystemListInput {
  path: string;
}

export interface FilesystemListOutput {
  path: string;
  /**
   * @maxItems 2000
   */
  entries: {
    name: string;
    kind: 'file' | 'folder';
    size: number;
  }[];
  left_out: number;
  complete: boolean;
}

export interface FilesystemListHandles {
  readonly path: ListHandle;
}

/** What the module exports as `steps`. */
export interface Steps {
  readonly read_file: (
    input: ReadFileInput,
    handles: ReadFileHandles,
  ) => Promise<Frozen<ReadFileOutput>> | Frozen<ReadFileOutput>;
  readonly write_file: (
    input: WriteFileInput,
    handles: WriteFileHandles,
  ) => Promise<Frozen<WriteFileOutput>> | Frozen<WriteFileOutput>;
  readonly overwrite_file: (
    input: OverwriteFileInput,
    handles: OverwriteFileHandles,
  ) => Promise<Frozen<OverwriteFileOutput>> | Frozen<OverwriteFileOutput>;
}

/** What the module exports as `tools`. */
export interface Tools {
  readonly 'filesystem.read': (
    input: FilesystemReadInput,
    handles: FilesystemReadHandles,
  ) => Promise<Frozen<FilesystemReadOutput>> | Frozen<FilesystemReadOutput>;
  readonly 'filesystem.write': (
    input: FilesystemWriteInput,
    handles: FilesystemWriteHandles,
  ) => Promise<Frozen<FilesystemWriteOutput>> | Frozen<FilesystemWriteOutput>;
  readonly 'filesystem.list': (
    input: FilesystemListInput,
    handles: FilesystemListHandles,
  ) => Promise<Frozen<FilesystemListOutput>> | Frozen<FilesystemListOutput>;
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

/** `storage.create` and `storage.replace`: one file. */
export interface WriteHandle {
  write(args: {
    readonly content: string;
    readonly encoding?: 'text' | 'base64';
  }): Promise<{ readonly size: number; readonly sha256: string }>;
}
