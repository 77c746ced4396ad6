import { contentWords, countWords } from '../text/words.ts';

/** Below this a text is more likely a heading than a statement. */
const LEAST_WORDS = 6;
/** What a sentence is still worth that is a list in disguise, or names the topic only in passing. */
const LIST = 0.4;
const ASIDE = 0.5;
const HEADING = 0.5;
const QUESTION = 0.6;

/** How much of a topic a sentence names: 0 for nothing, 1 for all of its words. */
export const coverageOf = (text: string, topic: ReadonlySet<string>): number => {
  if (topic.size === 0) return 1;
  return contentWords(text).filter((word) => topic.has(word)).length / topic.size;
};

/**
 * How far a sentence states something about a topic, as a factor of its worth: less for lists behind a colon,
 * for what looks like a heading or a question, and where only an aside or a quoted example names the topic.
 */
export const statementOf = (text: string, topic: ReadonlySet<string>): number => {
  const coverage = coverageOf(text, topic);
  const plain = text.replace(/\([^()]*\)|"[^"]*"|\u201c[^\u201d]*\u201d|`[^`]*`/g, ' ');
  const inPassing = topic.size > 0 && coverageOf(plain, topic) < coverage;
  return (
    (0.4 + 0.6 * coverage) *
    (isList(text) ? LIST : 1) *
    (inPassing ? ASIDE : 1) *
    (countWords(text) < LEAST_WORDS ? HEADING : 1) *
    (endOf(text).includes('?') ? QUESTION : 1)
  );
};

// `The whole way of a task: planner, policy, approval, executor.`
const isList = (text: string): boolean => {
  const behind = /:\s(.*)$/.exec(text)?.[1];
  return (
    endOf(text).includes(':') || (behind !== undefined && (behind.match(/[,;]/g)?.length ?? 0) >= 2)
  );
};

// What stands behind the last word. A search for a mark that only such signs follow would try each mark of a row.
const endOf = (text: string): string => text.slice(/^.*\w/s.exec(text)?.[0].length ?? 0);
