import type { Hit, ReadHandle } from '../plugin-types.ts';
import { readText } from '../text/read-text.ts';
import { type Sentence, sentencesOf } from '../text/sentences.ts';
import { countWords } from '../text/words.ts';

/** One text to quote from, with the sentences that may be quoted. */
export interface Source {
  /** Undefined for a text that was handed over and has no file. */
  readonly path: string | undefined;
  readonly quotable: readonly Sentence[];
  /** Sentences that the passages cut, or that are too long to quote. */
  readonly unusable: number;
  /** False where only the beginning of the file was read. */
  readonly complete: boolean;
}

const LEAST_WORDS = 3;
const MOST_CHARACTERS = 1_500;

export const sourceOfText = (content: string): Source =>
  makeSource(undefined, sentencesOf(content, { markdown: true }), true);

export const sourceOfFile = async (path: string, file: ReadHandle): Promise<Source> => {
  const { content, complete } = await readText(file);
  const sentences = sentencesOf(content, {
    markdown: isMarkdown(path),
    part: complete ? 'whole' : 'beginning',
  });
  return makeSource(path, sentences, complete);
};

/** Each finding is one source; its passages are pieces of the file, and what they cut is not quoted. */
export const sourceOfFinding = ({ path, passages }: Hit): Source =>
  makeSource(
    path,
    passages.flatMap(({ text, first_line }) =>
      sentencesOf(text, { markdown: isMarkdown(path), firstLine: first_line, part: 'excerpt' }),
    ),
    true,
  );

/** How a source is called in a text. */
export const nameOf = ({ path }: Source): string => path ?? 'the given text';

const isMarkdown = (path: string): boolean => /\.(md|markdown|mdx)$/i.test(path);

const makeSource = (
  path: string | undefined,
  sentences: readonly Sentence[],
  complete: boolean,
): Source => {
  const said = sentences.filter(({ text }) => countWords(text) >= LEAST_WORDS);
  const fitting = said.filter(({ kind, text }) => kind !== 'cut' && text.length <= MOST_CHARACTERS);
  const whole = fitting.filter(({ kind }) => kind === 'whole');
  // Notes may be nothing but points without full stops; they are quoted where there is nothing better.
  const quotable = whole.length > 0 ? whole : fitting;
  return { path, quotable, unusable: said.length - fitting.length, complete };
};
