// Made by `secai-agent plugin types` of the manifest; what is changed here is lost.

export interface SummarizeInput {
  path?: string;
  content?: string;
  /**
   * @maxItems 50
   */
  findings?: {
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
  sentences?: number;
  topic?: string;
}

export interface SummarizeOutput {
  text: string;
  /**
   * @maxItems 40
   */
  sentences: {
    path?: string;
    text: string;
    first_line: number;
    last_line: number;
  }[];
  /**
   * @maxItems 50
   */
  sources: string[];
  considered: number;
  complete: boolean;
}

export interface SummarizeHandles {
  readonly path?: ReadHandle;
}

export interface ReportInput {
  instruction?: string;
  query?: string;
  searched?: number;
  /**
   * @maxItems 50
   */
  findings?: {
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
  /**
   * @maxItems 5
   */
  sources?: string[];
  content?: string;
}

export interface ReportOutput {
  text: string;
  /**
   * @maxItems 300
   */
  citations: {
    path?: string;
    first_line: number;
    last_line: number;
    quote: string;
  }[];
}

export interface ReportHandles {
  readonly sources?: readonly ReadHandle[];
}

/** What the module exports as `steps`. */
export interface Steps {
  readonly summarize: (
    input: SummarizeInput,
    handles: SummarizeHandles,
  ) => Promise<Frozen<SummarizeOutput>> | Frozen<SummarizeOutput>;
  readonly report: (
    input: ReportInput,
    handles: ReportHandles,
  ) => Promise<Frozen<ReportOutput>> | Frozen<ReportOutput>;
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
