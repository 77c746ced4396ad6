import type { JsonObject } from '../../vocabulary/json.ts';
import { invalid, shown } from './invalid.ts';

/** Refuses a body with a field that is not in the closed list; a server-owned field is one such (attack 149). */
export const onlyFields = (body: JsonObject, known: readonly string[], text: string): void => {
  const unknown = Object.keys(body).find((key) => !known.includes(key));
  if (unknown !== undefined) {
    throw invalid(text, `leave out \`${shown(unknown)}\`; known fields: ${known.join(', ')}`);
  }
};
