import type { Sentence } from '../text/sentences.ts';
import { asCode, placeOf } from './citation.ts';
import { nameOf, type Source } from './source.ts';

/** A source and what a report quotes of it. */
export interface Quoted {
  readonly source: Source;
  readonly sentences: readonly Sentence[];
  /** Sentences of the source that could have been quoted as well. */
  readonly unquoted: number;
}

/** The report as Markdown. */
export const reportText = (title: string, quoted: readonly Quoted[]): string => {
  const cited = quoted.filter(({ sentences }) => sentences.length > 0);
  const parts = [`# ${title}`, summaryLine(cited), ...cited.map(section), leftOut(quoted)];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
};

const summaryLine = (cited: readonly Quoted[]): string => {
  const quotations = cited.reduce((sum, { sentences }) => sum + sentences.length, 0);
  if (quotations === 0) return 'Nothing was found to quote.';
  return `${counted(quotations, 'quotation')} from ${counted(cited.length, 'source')}, word for word.`;
};

const section = ({ source, sentences }: Quoted): string => {
  const quotes = sentences.map(
    (sentence) => `> ${sentence.text}\n\n${asCode(placeOf(source.path, sentence))}`,
  );
  return [`## ${headingOf(source)}`, ...quotes].join('\n\n');
};

const headingOf = (source: Source): string =>
  source.path === undefined ? 'The given text' : asCode(source.path);

const leftOut = (quoted: readonly Quoted[]): string => {
  const lines = quoted.flatMap(({ source, sentences, unquoted }) => {
    const name = source.path === undefined ? nameOf(source) : asCode(source.path);
    const reasons = [
      sentences.length === 0 && unquoted === 0 ? 'no whole sentence to quote' : '',
      unquoted === 0 ? '' : `${counted(unquoted, 'sentence')} not quoted`,
      source.unusable === 0 ? '' : `${counted(source.unusable, 'sentence')} cut or too long`,
      source.complete ? '' : 'read in part, the file is longer',
    ].filter((reason) => reason !== '');
    return reasons.length === 0 ? [] : [`- ${name}: ${reasons.join('; ')}`];
  });
  return lines.length === 0 ? '' : `## Left out\n\n${lines.join('\n')}`;
};

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
