import type { JsonValue } from '../../../vocabulary/json.ts';

// Controls, formats (bidirectional marks, zero widths), surrogates, private and unassigned signs, line
// separators, and whatever else a font shows as nothing. Lines and tabs are content.
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

/** True where a text, at any depth, holds what a person would not see as it is (attack 138). */
export const hidesText = (value: JsonValue): boolean => {
  if (typeof value === 'string') return HIDDEN.test(value.replace(/[\n\t]/g, ' '));
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hidesText);
};
