import type { Hit, ReadHandle } from '../plugin-types.ts';
import { pickSentences } from '../text/pick-sentences.ts';
import type { Sentence } from '../text/sentences.ts';
import { contentWords } from '../text/words.ts';
import { titleOf, topicOf } from './instruction.ts';
import { type Quoted, reportText } from './report-text.ts';
import { type Source, sourceOfFile, sourceOfFinding, sourceOfText } from './source.ts';

interface ReportInput {
  readonly instruction?: string;
  readonly findings?: readonly Hit[];
  readonly sources?: readonly string[];
  readonly content?: string;
}

interface ReportOutput {
  readonly text: string;
  readonly citations: readonly {
    readonly path?: string;
    readonly first_line: number;
    readonly last_line: number;
    readonly quote: string;
  }[];
}

/** Quotes from one finding, and from one source that was read as a whole. */
const FROM_FINDING = 3;
const FROM_SOURCE = 8;
/** So many sources are quoted even where their sentences do not name the topic. */
const LEAST_SOURCES = 3;
const MOST_CANDIDATES = 4_000;
const UNSURE = 0.5;

/** Writes a report of quotations: one section a source, each quotation with its file and lines. */
export const report = async (
  input: ReportInput,
  handles: { readonly sources?: readonly ReadHandle[] },
): Promise<ReportOutput> => {
  const { instruction, findings = [], sources: paths = [], content } = input;
  const read = await Promise.all(
    paths.map((path, index) => {
      const file = handles.sources?.[index];
      if (file === undefined) throw new Error('no handle for a source');
      return sourceOfFile(path, file);
    }),
  );
  const given = content === undefined ? [] : [sourceOfText(content)];
  const whole = [...given, ...read];
  const found = findings.map(sourceOfFinding);
  const topic = topicOf(instruction);
  const quoted = withLeast([
    ...whole.map((source) => quote(source, topic, FROM_SOURCE)),
    ...found.map((source) => quote(source, topic, FROM_FINDING)),
  ]);
  return {
    text: reportText(titleOf(instruction), quoted),
    citations: quoted.flatMap(({ source: { path }, sentences }) =>
      sentences.map(({ text, first_line, last_line }) => ({
        ...(path === undefined ? {} : { path }),
        first_line,
        last_line,
        quote: text,
      })),
    ),
  };
};

interface Choice extends Quoted {
  /** True where at least one quoted sentence names the topic. */
  readonly onTopic: boolean;
}

const quote = (source: Source, topic: ReadonlySet<string>, count: number): Choice => {
  const naming = source.quotable.filter((sentence) => names(sentence, topic));
  const pool = (naming.length > 0 ? naming : source.quotable).slice(0, MOST_CANDIDATES);
  const picked = pickSentences(
    pool.map(({ text, edge }) => ({ text, source: 0, factor: edge ? UNSURE : 1 })),
    { count: naming.length > 0 ? count : 1, topic },
  );
  const sentences = picked.flatMap((index) => pool[index] ?? []);
  const onTopic = naming.length > 0 || topic.size === 0;
  return { source, sentences, onTopic, unquoted: source.quotable.length - sentences.length };
};

const names = ({ text }: Sentence, topic: ReadonlySet<string>): boolean =>
  topic.size === 0 || contentWords(text).some((word) => topic.has(word));

// A search also finds files by words that stand in a heading or in a cut sentence. Such a file is quoted
// only while there are too few others; else it is named among what was left out.
const withLeast = (choices: readonly Choice[]): readonly Quoted[] => {
  let missing = LEAST_SOURCES - choices.filter(({ onTopic }) => onTopic).length;
  return choices.map((choice) => {
    if (choice.onTopic || choice.sentences.length === 0) return choice;
    missing -= 1;
    if (missing >= 0) return choice;
    return { ...choice, sentences: [], unquoted: choice.source.quotable.length };
  });
};
