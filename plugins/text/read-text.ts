import type { ReadHandle } from '../plugin-types.ts';

export interface TextOfFile {
  readonly content: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** False where only the beginning was read. */
  readonly complete: boolean;
}

/** Bytes that one step reads of a file: more makes no better summary and fits in no result. */
const MOST_BYTES = 1_000_000;

/** The text of a file, or its beginning where the file is long. */
export const readText = async (file: ReadHandle): Promise<TextOfFile> => {
  const { content, size, bytes } = await file.read({ encoding: 'text', length: MOST_BYTES });
  return { content, size, complete: bytes >= size };
};
