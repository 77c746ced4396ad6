import { fold } from '../text/sentences.ts';
import { contentWords } from '../text/words.ts';

const MOST_CHARACTERS = 120;

/** What a person asks the agent to do, as opposed to what about. */
const COMMANDS = new Set(
  contentWords(
    'find search look show list get give tell make create write save put store read open report ' +
      'summarize summarise summary overview describe explain collect gather please file document text',
  ),
);

const LEADING =
  /^(?:please\s+|kindly\s+)?(?:(?:find(?: out)?|search(?: for)?|look(?: for| up)?|show(?: me)?|list|get|collect|gather|tell me|summari[sz]e|describe|report(?: on| about)?|(?:write|make|create|give me|draft)\s+(?:a|an|the)?\s*(?:short|brief|long)?\s*(?:report|summary|overview)(?:\s+(?:on|about|of))?)(?:\s+|$))/i;
const TRAILING =
  /[,;]?\s+(?:and|then|and then)\s+(?:write|save|put|store|make|create|report|summari[sz]e|draft|produce)\b.*$/i;
const TARGET = /\s+(?:to|into|in|as)\s+\S*[/.]\S*\s*$/i;
const ABOUT = /\b(?:about|on|regarding|concerning)\s+(.+)$/i;
const PATH_WORD = /\S*(?:\/|\w\.\w)\S*/g;

/** A title from an instruction: what it is about, without what is to be done about it. */
export const titleOf = (instruction: string | undefined): string => {
  const subject = subjectOf(instruction);
  if (subject === '') return 'Report';
  // The name of a file stays as it is.
  if (/^\S*[/.]\S/.test(subject)) return shorten(subject);
  return shorten(subject.charAt(0).toUpperCase() + subject.slice(1));
};

/**
 * The content words of what an instruction asks; empty where it names nothing. Of `what the licenses say
 * about patents` that is `patents`: the words before `about` say where to look.
 */
export const topicOf = (instruction: string | undefined): ReadonlySet<string> => {
  const subject = subjectOf(instruction);
  const matter = wordsOf(ABOUT.exec(subject)?.[1] ?? '');
  return new Set(matter.length > 0 ? matter : wordsOf(subject));
};

const subjectOf = (instruction: string | undefined): string =>
  fold((instruction ?? '').replace(/\p{C}/gu, ' '))
    .replace(TRAILING, '')
    .replace(TARGET, '')
    .replace(LEADING, '')
    .replace(/^(?:about|on|of|for)\s+/i, '')
    .replace(/[\s.,;:!?]+$/, '');

const wordsOf = (text: string): readonly string[] =>
  contentWords(text.replace(PATH_WORD, ' ')).filter((word) => !COMMANDS.has(word));

const shorten = (title: string): string => {
  if (title.length <= MOST_CHARACTERS) return title;
  const space = title.lastIndexOf(' ', MOST_CHARACTERS);
  const beginning = title.slice(0, space > 0 ? space : MOST_CHARACTERS);
  // Half of a surrogate pair is no text.
  return `${beginning.replace(/[\ud800-\udbff]$/, '')} \u2026`;
};
