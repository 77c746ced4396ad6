import { beginningOf } from './beginning-of.ts';
import type { Token } from './intent-tokens.ts';
import { otherNumbers } from './other-numbers.ts';

// What stands around a topic and says nothing about it: small words, and words for any document.
const EMPTY_WORDS = new Set(
  (
    'a about above after again all also an and any anything are as at be been before being below between but ' +
    'by can could did do does each every everything few file files folder folders for from had has have he her ' +
    'his how i if in inside into is it its kindly let me mention mentioned mentions my no not of on only or ' +
    'other our out over own please regarding concerning related said same say saying says she should so ' +
    'some something such than thank thanks that the their them then there these they this ' +
    'those through to too under until up us very was we were what when where whether which while who whom whose ' +
    'why will with within without would you your document documents docs contain containing contains mentioning'
  ).split(' '),
);
const MARKERS = new Set(['about', 'regarding', 'concerning', 'mentioning', 'containing']);
const MOST_TERMS = 32;
const MOST_CHARACTERS = 1000;

/** What is asked about. */
export interface Topic {
  /** Its words, as the intent has them. */
  readonly words: string;
  /** What is searched for: the words, then the other number of each, as far as a query may be long. */
  readonly query: string;
}

/**
 * The words to search for: those after `about` where that says something, else all that carry meaning, and
 * quoted phrases as they stand. Undefined where nothing is left.
 */
export const topicOf = (tokens: readonly Token[]): Topic | undefined => {
  const marker = tokens.findIndex(({ kind, lower }) => kind === 'word' && MARKERS.has(lower));
  const after = marker === -1 ? [] : tokens.slice(marker + 1).filter(saysSomething);
  const chosen = after.length > 0 ? after : tokens.filter(saysSomething);
  const texts = [...new Set(chosen.map(({ text }) => text.trim()))].slice(0, MOST_TERMS);
  const words = beginningOf(texts.join(' '), MOST_CHARACTERS);
  if (words === '') return undefined;
  const single = chosen.filter(({ kind }) => kind === 'word').map(({ text }) => text);
  return { words, query: withOtherNumbers(words, single) };
};

const withOtherNumbers = (topic: string, words: readonly string[]): string => {
  const known = topic.toLowerCase().split(' ');
  const added = new Set(words.flatMap(otherNumbers).filter((form) => !known.includes(form)));
  let query = topic;
  for (const form of [...added].slice(0, Math.max(0, MOST_TERMS - known.length))) {
    if (query.length + 1 + form.length <= MOST_CHARACTERS) query = `${query} ${form}`;
  }
  return query;
};

const meaningful = (tokens: readonly Token[]): readonly string[] =>
  tokens.filter(saysSomething).map(({ text }) => text.trim());

const saysSomething = ({ kind, text, lower }: Token): boolean => {
  switch (kind) {
    case 'quote':
      return text.trim() !== '';
    case 'word':
      return !EMPTY_WORDS.has(lower) && /[\p{L}\p{N}]/u.test(lower);
    case 'path':
    case 'url':
    case 'mark':
    case 'json':
      return false;
    default: {
      const none: never = kind;
      return none;
    }
  }
};

/** What stands behind `about`, `on`, `of` or `for`, where that says something: the topic that a clause names. */
export const namedTopic = (tokens: readonly Token[]): readonly Token[] | undefined => {
  const at = tokens.findIndex(({ kind, lower }) => kind === 'word' && isTopicMarker(lower));
  const topic = at === -1 ? [] : tokens.slice(at + 1);
  return saysNothing(topic) ? undefined : topic;
};

/** As `namedTopic`, but only behind `about` and words like it. */
export const aboutTopic = (tokens: readonly Token[]): readonly Token[] | undefined => {
  const at = tokens.findIndex(({ kind, lower }) => kind === 'word' && MARKERS.has(lower));
  const topic = at === -1 ? [] : tokens.slice(at + 1);
  return saysNothing(topic) ? undefined : topic;
};

const isTopicMarker = (word: string): boolean =>
  MARKERS.has(word) || word === 'on' || word === 'of' || word === 'for';

// Words that point back at what an earlier clause gives.
const BACK_REFERENCES = new Set(
  (
    'answer called content contents everything finding findings hits matches name named new output outcome ' +
    'page passages result results text texts'
  ).split(' '),
);

/** True where nothing but small words and references back are left. */
export const saysNothing = (tokens: readonly Token[]): boolean =>
  meaningful(tokens).every((word) => BACK_REFERENCES.has(word.toLowerCase()));

/** The words as a phrase for a title. */
export const phraseOf = (tokens: readonly Token[]): string => {
  const words = tokens.filter(({ kind }) => kind === 'word' || kind === 'quote');
  return beginningOf(words.map(({ text }) => text).join(' '), 300);
};
