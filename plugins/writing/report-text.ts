import { asCode, placeOf } from './citation.ts';
import type { Quote, Quoted } from './quoter.ts';
import { nameOf, type Source } from './source.ts';

/** The search that found the sources. */
export interface Search {
  readonly query: string | undefined;
  /** In how many files. */
  readonly searched: number | undefined;
}

/** The report as Markdown. */
export const reportText = (
  title: string,
  quoted: readonly Quoted[],
  search: Search | undefined,
): string => {
  const cited = quoted.filter(({ quotes }) => quotes.length > 0);
  const parts = [
    `# ${title}`,
    firstLine(cited, quoted.length, search),
    ...cited.map(section),
    leftOut(quoted),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
};

// What this is, and from how much of what there was.
const firstLine = (cited: readonly Quoted[], found: number, search: Search | undefined): string => {
  const quotes = cited.reduce((sum, quoted) => sum + quoted.quotes.length, 0);
  const by = search === undefined ? '' : searchText(search);
  if (quotes === 0) {
    const none = found === 0 && by !== '' ? ` ${by} found no file.` : '';
    return `Nothing was found to quote.${none}`;
  }
  const sentences = `${counted(quotes, 'sentence')}, quoted word for word`;
  if (search === undefined) return `${sentences} from ${counted(cited.length, 'source')}.`;
  const places = placesText(cited.length, found);
  return `${sentences} from ${places} that ${by.replace(/^A/, 'a')} found.`;
};

const placesText = (cited: number, found: number): string => {
  if (found === 1) return 'the one file';
  return cited === found ? `all ${found} files` : `${cited} of the ${found} files`;
};

const searchText = ({ query, searched }: Search): string => {
  const what =
    query === undefined || query === '' ? '' : ` for ${asCode(query.replace(/\s+/g, ' '))}`;
  const where = searched === undefined ? '' : ` in ${counted(searched, 'file')}`;
  return `A search${what}${where}`;
};

const section = ({ source, quotes }: Quoted): string =>
  [`## ${headingOf(source)}`, ...quotes.map((quote) => quoteText(source, quote))].join('\n\n');

const quoteText = ({ path }: Source, { sentence, alsoAt }: Quote): string => {
  const also = alsoAt.length === 0 ? '' : `, the same in ${alsoAt.map(asCode).join(', ')}`;
  return `> ${sentence.text}\n\n${asCode(placeOf(path, sentence))}${also}`;
};

const headingOf = (source: Source): string =>
  source.path === undefined ? 'The given text' : asCode(source.path);

const leftOut = (quoted: readonly Quoted[]): string => {
  const lines = quoted.flatMap((each) => {
    const { source, quotes } = each;
    const name = source.path === undefined ? nameOf(source) : asCode(source.path);
    const reasons = [
      quotes.length === 0 ? whyNothing(each) : '',
      each.more === 0 ? '' : `${counted(each.more, 'more sentence')} on the topic`,
      quotes.length > 0 && each.repeated > 0
        ? `${counted(each.repeated, 'sentence')} that ${each.repeated === 1 ? 'is' : 'are'} quoted from another file`
        : '',
      source.unusable === 0
        ? ''
        : `${counted(source.unusable, 'sentence')} cut off or too long to quote`,
      source.complete ? '' : 'all but the beginning, since the file is long',
    ].filter((reason) => reason !== '');
    return reasons.length === 0 ? [] : [`- ${name}: ${reasons.join('; ')}`];
  });
  return lines.length === 0 ? '' : `## Left out\n\n${lines.join('\n')}`;
};

const whyNothing = ({ source, repeated, onTopic }: Quoted): string => {
  if (source.quotable.length === 0) return 'everything, since no whole sentence was found in it';
  if (repeated > 0) return 'everything, since the same sentences are quoted from other files';
  return onTopic
    ? 'everything, since other files say it already'
    : 'everything, since no whole sentence in it names the topic';
};

const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? '' : 's'}`;
