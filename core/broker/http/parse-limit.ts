import { invalid } from './invalid.ts';
import { trimLikePython } from './python-text.ts';

const DEFAULT = 50;
const MOST = 200;

/**
 * How many tasks a list holds: what Python's `int()` takes, the first of two counts, capped in silence
 * (wire contract sections 2.7 and 32.9).
 * @throws AgentError invalid_request `invalid limit`
 */
export const parseLimit = (target: string): number => {
  const mark = target.indexOf('?');
  const query = new URLSearchParams(mark === -1 ? '' : target.slice(mark));
  const text = query.get('limit');
  if (text === null) return DEFAULT;
  const digits = trimLikePython(text);
  if (!/^[+-]?\d+$/.test(digits) || Number(digits) < 1)
    throw invalid('invalid limit', 'send a whole number from 1 to 200');
  return Math.min(Number(digits), MOST);
};
