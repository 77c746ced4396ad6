import type { ReadHandle, WriteHandle } from '../plugin-types.ts';
import { readText } from '../text/read-text.ts';
import { fitJson } from './fit-json.ts';
import { listFolder } from './list-folder.ts';

interface ReadInput {
  readonly path: string;
  /** True where the content is passed on: a part of a file, or what stands for its bytes, must not pass for it. */
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
  const { content, size, complete } = await readText(file);
  const fitting = fitJson(content, MOST_BYTES);
  const isComplete = complete && fitting.length === content.length;
  if (whole && !isComplete) {
    const most = `${MOST_BYTES / 1000} KB`;
    throw new Error(
      `the file has ${size} bytes and cannot be passed on whole: at most about ${most} can`,
    );
  }
  // Bytes that are no UTF-8 have become this character: a copy would be another file.
  if (whole && content.includes('\ufffd')) {
    throw new Error('the file is not UTF-8 text and cannot be passed on whole');
  }
  return { path, content: fitting, size, complete: isComplete };
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

/** The names by which the agent's peers know these tools. */
export const tools = {
  'filesystem.read': (input: { readonly path: string }, handles: { readonly path: ReadHandle }) =>
    readFile({ path: input.path }, handles),
  'filesystem.write': writeFile,
  'filesystem.list': listFolder,
};
