import { isJsonObject, ownValue } from '../../vocabulary/json.ts';
import type { Answer } from './row.ts';

const MOST = 64;

/**
 * An answer from a line that a walled process wrote; undefined for any other line. The script is ours, yet
 * the process counts as hostile: only short texts pass, and whoever needs an answer misses it then.
 */
export const parseAnswer = (line: string): Answer | undefined => {
  const value = jsonOf(line);
  if (!isJsonObject(value)) return undefined;
  const word = (key: string): string => {
    const text = ownValue(value, key);
    return typeof text === 'string' ? text.slice(0, MOST) : '';
  };
  const answer = {
    tried: word('tried'),
    thread: word('thread'),
    call: word('call'),
    answered: word('answered'),
  };
  return Object.values(answer).includes('') ? undefined : answer;
};

const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
