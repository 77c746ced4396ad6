import type { ReadHandle, WriteHandle } from '../plugin-types.ts';
import { readText } from '../text/read-text.ts';
import { fitJson } from './fit-json.ts';

interface ReadInput {
  readonly path: string;
  /** True where the text is to be written elsewhere: then a part of it, or another text, is no answer. */
  readonly whole?: boolean;
}

interface ReadOutput {
  readonly path: string;
  readonly content: string;
  /** Bytes of the whole file. */
  readonly size: number;
  /** False where the file is longer than one result may be. */
  readonly complete: boolean;
}

interface WriteInput {
  readonly path: string;
  readonly content: string;
}

interface WriteOutput {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
}

/** What one result can carry beside its other fields: quotes and controls grow when they become JSON. */
const MOST_BYTES = 1_000_000;

const readFile = async (
  { path, whole = false }: ReadInput,
  { path: file }: { readonly path: ReadHandle },
): Promise<ReadOutput> => {
  const text = await readText(file);
  const content = fitJson(text.content, MOST_BYTES);
  const complete = text.complete && content.length === text.content.length;
  if (whole && !complete) throw new Error('the file is too long to be passed on whole');
  // Bytes that are no UTF-8 have become this character.
  if (whole && content.includes('\ufffd')) throw new Error('the file is no UTF-8 text to pass on');
  return { path, content, size: text.size, complete };
};

const writeFile = async (
  { path, content }: WriteInput,
  { path: file }: { readonly path: WriteHandle },
): Promise<WriteOutput> => {
  const { size, sha256 } = await file.write({ content, encoding: 'text' });
  return { path, size, sha256 };
};

export const steps = {
  read_file: readFile,
  write_file: writeFile,
  overwrite_file: writeFile,
};
