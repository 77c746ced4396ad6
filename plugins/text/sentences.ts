import { blocksOf } from './blocks.ts';
import { lineCounter } from './lines.ts';
import { endsInAbbreviation, sentenceEnds } from './sentence-ends.ts';

/** A sentence as it stands in its source, white space folded. */
export interface Sentence {
  readonly text: string;
  /** Counted from 1. */
  readonly first_line: number;
  readonly last_line: number;
  /**
   * `whole`: begins and ends as a sentence does. `fragment`: a paragraph or list item that is none.
   * `cut`: a part of a sentence.
   */
  readonly kind: 'whole' | 'fragment' | 'cut';
  /** True for a sentence at the beginning of an excerpt, whose start can only be guessed. */
  readonly edge: boolean;
}

export interface SentenceOptions {
  readonly markdown: boolean;
  /** The line of the source where the text begins. */
  readonly firstLine?: number;
  /** What of a longer text this is; by default it is the whole. */
  readonly part?: 'whole' | 'beginning' | 'excerpt';
}

/** A text of nothing but the shortest sentences must not fill a guest's memory. */
const MOST_SENTENCES = 50_000;
/** What is longer is no sentence that anyone would quote, and too much to fold. */
const MOST_CHARACTERS = 10_000;
/** How much of such a piece is kept, to tell that there is something. */
const KEPT = 200;

const LOWER_START = /^[^\p{L}\p{N}]*\p{Ll}/u;
const STOPPED = /[.!?\u2026\u3002\uff01\uff1f][\p{Pe}\p{Pf}"'*_`]*$/u;

/** The sentences of a text, in order. Each is a verbatim stretch of it with its line numbers. */
export const sentencesOf = (
  text: string,
  { markdown, firstLine = 1, part = 'whole' }: SentenceOptions,
): readonly Sentence[] => {
  const lineOf = lineCounter(text);
  const textEnd = text.trimEnd().length;
  const sentences: Sentence[] = [];
  for (const block of blocksOf(text, { markdown })) {
    const body = text.slice(block.start, block.end);
    const isLast = block.end >= textEnd;
    let from = 0;
    for (const end of sentenceEnds(body)) {
      if (sentences.length >= MOST_SENTENCES) return sentences;
      const piece = body.slice(from, end);
      const offset = block.start + from + (piece.length - piece.trimStart().length);
      const isFirst = from === 0;
      from = end;
      const isShort = piece.length <= MOST_CHARACTERS;
      const folded = fold(isShort ? piece : piece.slice(0, KEPT));
      if (folded === '') continue;
      const first = lineOf(offset);
      const last = lineOf(block.start + end - 1);
      const unsure = isLast && end === body.length && part !== 'whole';
      const continues = isFirst && block.continues;
      sentences.push({
        text: folded,
        first_line: firstLine + first,
        last_line: firstLine + last,
        kind: isShort ? kindOf(folded, { isFirst, continues, unsure }) : 'cut',
        edge: isFirst && block.line === 0 && part === 'excerpt',
      });
    }
  }
  return sentences;
};

interface Surroundings {
  readonly isFirst: boolean;
  readonly continues: boolean;
  readonly unsure: boolean;
}

const kindOf = (text: string, { isFirst, continues, unsure }: Surroundings): Sentence['kind'] => {
  if (continues) return 'cut';
  const stopped = STOPPED.test(text);
  if (unsure && (!stopped || endsInAbbreviation(text))) return 'cut';
  if (LOWER_START.test(text)) return isFirst && !stopped ? 'fragment' : 'cut';
  if (stopped) return isTitle(text) ? 'fragment' : 'whole';
  return isFirst ? 'fragment' : 'cut';
};

/** `Grant of Patent License.`: a heading that runs into its paragraph. */
const isTitle = (text: string): boolean => {
  const words = text.match(/\p{L}{4,}/gu) ?? [];
  return words.length > 1 && words.length <= 8 && words.every((word) => /^\p{Lu}/u.test(word));
};

/** Runs of white space as one space each. */
export const fold = (text: string): string => text.replace(/\s+/g, ' ').trim();
