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
const PATH_WORD = /\S*(?:\/|\w\.\w)\S*/g;

/** A title from an instruction: what it is about, without what is to be done about it. */
export const titleOf = (instruction: string | undefined): string => {
  const asked = fold((instruction ?? '').replace(/\p{C}/gu, ' '));
  const about = asked
    .replace(TRAILING, '')
    .replace(TARGET, '')
    .replace(LEADING, '')
    .replace(/^(?:about|on|of|for)\s+/i, '')
    .replace(/[\s.,;:!?]+$/, '');
  if (about === '') return 'Report';
  return shorten(about.charAt(0).toUpperCase() + about.slice(1));
};

/** The content words of what an instruction is about; empty where it names nothing. */
export const topicOf = (instruction: string | undefined): ReadonlySet<string> =>
  new Set(
    contentWords((instruction ?? '').replace(PATH_WORD, ' ')).filter((word) => !COMMANDS.has(word)),
  );

const shorten = (title: string): string => {
  if (title.length <= MOST_CHARACTERS) return title;
  const space = title.lastIndexOf(' ', MOST_CHARACTERS);
  return `${title.slice(0, space > 0 ? space : MOST_CHARACTERS)} \u2026`;
};
