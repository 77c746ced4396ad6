import type { Hit, ReadHandle } from '../plugin-types.ts';
import { pickSentences } from '../text/pick-sentences.ts';
import { contentWords } from '../text/words.ts';
import { asCode, placeOf } from './citation.ts';
import { coverageOf, statementOf } from './on-topic.ts';
import { nameOf, type Source, sourceOfFile, sourceOfFinding, sourceOfText } from './source.ts';

interface SummarizeInput {
  readonly path?: string;
  readonly content?: string;
  readonly findings?: readonly Hit[];
  readonly sentences?: number;
  /** What the reader asks about; without one, what the texts say most. */
  readonly topic?: string;
}

interface SummarizeOutput {
  readonly text: string;
  readonly sentences: readonly {
    readonly path?: string;
    readonly text: string;
    readonly first_line: number;
    readonly last_line: number;
  }[];
  readonly sources: readonly string[];
  /** How many sentences there were to choose from. */
  readonly considered: number;
  /** False where a file was too long to be read to its end. */
  readonly complete: boolean;
}

const USUAL_SENTENCES = 5;
/** Of a file that is longer than this, the rest is not weighed. */
const MOST_CANDIDATES = 12_000;
/** What a sentence counts whose beginning may lie before the passage. */
const UNSURE = 0.5;

/** Quotes as many sentences as asked, in their order, grouped by source; none twice. */
export const summarize = async (
  input: SummarizeInput,
  handles: { readonly path?: ReadHandle },
): Promise<SummarizeOutput> => {
  const sources = await sourcesOf(input, handles.path);
  const topic = new Set(contentWords(input.topic ?? ''));
  const all = sources
    .flatMap((source, index) =>
      source.quotable.map((sentence) => ({
        sentence,
        path: source.path,
        text: sentence.text,
        source: index,
        factor: (sentence.edge ? UNSURE : 1) * statementOf(sentence.text, topic),
      })),
    )
    .slice(0, MOST_CANDIDATES);
  const naming = all.filter(({ text }) => coverageOf(text, topic) > 0);
  const candidates = naming.length > 0 ? naming : all;
  const picked = pickSentences(candidates, {
    count: input.sentences ?? USUAL_SENTENCES,
    topic,
  }).flatMap((index) => candidates[index] ?? []);
  const missed = naming.length === 0 && all.length > 0 ? (input.topic ?? '') : '';

  return {
    text: `${missed === '' ? '' : missedText(missed)}${textOf(sources, picked)}`,
    sentences: picked.map(({ path, sentence: { text, first_line, last_line } }) => ({
      ...(path === undefined ? {} : { path }),
      text,
      first_line,
      last_line,
    })),
    sources: [...new Set(picked.map(({ path }) => path).filter((path) => path !== undefined))],
    considered: candidates.length,
    complete: sources.every(({ complete }) => complete),
  };
};

const missedText = (topic: string): string =>
  `No whole sentence names ${asCode(topic.replace(/\s+/g, ' '))}. What stands there says:\n\n`;

const sourcesOf = async (
  { path, content, findings }: SummarizeInput,
  file: ReadHandle | undefined,
): Promise<readonly Source[]> => {
  if ([path, content, findings].filter((source) => source !== undefined).length !== 1) {
    throw new Error('give exactly one of path, content and findings');
  }
  if (content !== undefined) return [sourceOfText(content)];
  if (findings !== undefined) return findings.map(sourceOfFinding);
  if (path === undefined || file === undefined) throw new Error('no handle for path');
  return [await sourceOfFile(path, file)];
};

interface Picked {
  readonly source: number;
  readonly text: string;
  readonly sentence: { readonly first_line: number; readonly last_line: number };
}

const textOf = (sources: readonly Source[], picked: readonly Picked[]): string => {
  if (picked.length === 0) return 'There is no sentence to quote.\n';
  const parts = sources.flatMap((source, index) => {
    const own = picked.filter((sentence) => sentence.source === index);
    if (own.length === 0) return [];
    const lines = own.map(({ text, sentence }) => `- ${text} (${placeOf(source.path, sentence)})`);
    const note = source.complete ? '' : ' (its beginning; the file is longer)';
    return [`From ${nameOf(source)}${note}:\n\n${lines.join('\n')}\n`];
  });
  return parts.join('\n');
};
