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
/** The share of all sentences, and the times as many as the rarest, from which a word is common. */
const MANY = 0.25;
const MANY_MORE = 1.3;

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
  const topic = tellingWords(topicOf(instruction), [...whole, ...found]);
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

// Among licences `license` tells nothing apart and `patent` does. A word that stands in many sentences, and
// in many more than the rarest word of the topic, is no reason to quote one.
const tellingWords = (
  topic: ReadonlySet<string>,
  sources: readonly Source[],
): ReadonlySet<string> => {
  const uses = new Map<string, number>();
  let sentences = 0;
  for (const { text } of sources.flatMap(({ quotable }) => quotable.slice(0, MOST_CANDIDATES))) {
    sentences += 1;
    for (const word of contentWords(text)) {
      if (topic.has(word)) uses.set(word, (uses.get(word) ?? 0) + 1);
    }
  }
  const rarest = Math.min(...uses.values());
  const most = Math.max(MANY * sentences, MANY_MORE * rarest);
  return new Set(
    [...topic].filter((word) => {
      const count = uses.get(word) ?? 0;
      return count < most || count === rarest;
    }),
  );
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
