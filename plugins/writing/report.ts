import type { Hit, ReadHandle } from '../plugin-types.ts';
import { titleOf, topicOf } from './instruction.ts';
import { makeQuoter } from './quoter.ts';
import { reportText } from './report-text.ts';
import { sourceOfFile, sourceOfFinding, sourceOfText } from './source.ts';

interface ReportInput {
  readonly instruction?: string;
  readonly findings?: readonly Hit[];
  /** What was searched for to get the findings, and in how many files. */
  readonly query?: string;
  readonly searched?: number;
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

/** Quotes from one finding, and from one source that was named and read as a whole. */
const FROM_FINDING = 3;
const FROM_SOURCE = 8;

/** Writes a report of quotations: one section a source, each quotation with its file and lines. */
export const report = async (
  input: ReportInput,
  handles: { readonly sources?: readonly ReadHandle[] },
): Promise<ReportOutput> => {
  const { instruction, findings = [], query, searched, sources: paths = [], content } = input;
  const read = await Promise.all(
    paths.map((path, index) => {
      const file = handles.sources?.[index];
      if (file === undefined) throw new Error('no handle for a source');
      return sourceOfFile(path, file);
    }),
  );
  const given = content === undefined ? [] : [sourceOfText(content)];
  const asked = topicOf(instruction);
  const quoter = makeQuoter(asked.size > 0 ? asked : topicOf(query));
  for (const source of [...given, ...read]) quoter.add(source, FROM_SOURCE);
  for (const finding of findings) quoter.add(sourceOfFinding(finding), FROM_FINDING);
  const quoted = quoter.finish();
  const search = input.findings === undefined ? undefined : { query, searched };
  return {
    text: reportText(titleOf(instruction), quoted, search),
    citations: quoted.flatMap(({ source: { path }, quotes }) =>
      quotes.map(({ sentence: { text, first_line, last_line } }) => ({
        ...(path === undefined ? {} : { path }),
        first_line,
        last_line,
        quote: text,
      })),
    ),
  };
};
