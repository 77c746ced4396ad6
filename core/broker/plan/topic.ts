import { beginningOf } from './beginning-of.ts';
import type { Token } from './intent-tokens.ts';

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

/**
 * The words to search for: those after `about` where that says something, else all that carry meaning, and
 * quoted phrases as they stand. Undefined where nothing is left.
 */
export const topicQuery = (tokens: readonly Token[]): string | undefined => {
  const marker = tokens.findIndex(({ kind, lower }) => kind === 'word' && MARKERS.has(lower));
  const after = marker === -1 ? [] : meaningful(tokens.slice(marker + 1));
  const words = after.length > 0 ? after : meaningful(tokens);
  const query = beginningOf([...new Set(words)].slice(0, MOST_TERMS).join(' '), 1000);
  return query === '' ? undefined : query;
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
