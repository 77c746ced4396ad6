import { canonicalJson } from '../../vocabulary/canonical.ts';
import { sha256 } from '../../vocabulary/digest.ts';
import { AgentError } from '../../vocabulary/errors.ts';
import type { JsonObject, JsonValue } from '../../vocabulary/json.ts';

/** The most that the data of one entry take; with the rest of its line this stays below 64 KiB. */
export const MAX_DATA_CHARS: number = 60 * 1024;
// So many members of at most so many characters fit even where each character is escaped.
const KEPT_MEMBERS = 32;
const KEPT_CHARS = 128;

// A guest's text can reach an entry, an error message for one. An entry over the limit is not refused,
// or a guest could keep its own outcome out of the log; its large members are replaced by their size
// and digest, and the entry says so (attack 181).

/**
 * An event's data in canonical form, large members cut where they do not fit.
 * @throws AgentError internal for a number that has no canonical form
 */
export const printData = (data: JsonObject): string => {
  const text = print(data);
  if (text.length <= MAX_DATA_CHARS) return text;
  const members = Object.entries(data);
  const keepsKeys =
    members.length <= KEPT_MEMBERS && members.every(([key]) => key.length <= KEPT_CHARS);
  return print(keepsKeys ? withoutLarge(members) : { cut: cutOf(text) });
};

const withoutLarge = (members: readonly (readonly [string, JsonValue])[]): JsonObject => {
  const kept: Record<string, JsonValue> = Object.create(null);
  for (const [key, value] of members) {
    const text = print(value);
    kept[key] = text.length <= KEPT_CHARS ? value : { cut: cutOf(text) };
  }
  return kept;
};

const cutOf = (text: string): JsonObject => ({ chars: text.length, sha256: sha256(text) });

const print = (value: JsonValue): string => {
  try {
    return canonicalJson(value);
  } catch (error) {
    throw new AgentError({
      code: 'internal',
      message: 'audit event has data without a canonical form',
      cause: error,
    });
  }
};
