import { isPortableNumber } from '../../../vocabulary/canonical.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import { BANNED_KEYWORDS } from './banned-keywords.ts';
import { isPlainText, printable } from './plain-text.ts';
import { PROFILE_LIMITS } from './profile-limits.ts';
import type { ProfileReading, Refusal } from './profile-reading.ts';

/** One level of an unchecked schema, read by own properties only. */
export interface SchemaRecord {
  readonly path: DocumentPath;
  readonly keys: readonly string[];
  readonly has: (keyword: string) => boolean;
  /** Undefined where the keyword is absent. */
  readonly get: (keyword: string) => unknown;
  /** Reports a fault of the schema itself, or of the keyword that `on` names. */
  readonly refuse: (refusal: Omit<Refusal, 'path'> & { readonly on?: string }) => void;
}

/** Undefined, with the fault reported, where the value is no object. */
export const schemaRecord = (
  value: unknown,
  path: DocumentPath,
  reading: ProfileReading,
): SchemaRecord | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const problem = 'expected a schema';
    const mend = 'write an object of keywords, such as `type: boolean`';
    reading.refuse({ path, rule: 'expected-schema', problem, mend });
    return undefined;
  }
  const has = (keyword: string): boolean => Object.hasOwn(value, keyword);
  return {
    path,
    keys: Object.keys(value),
    has,
    get: (keyword) => (has(keyword) ? Reflect.get(value, keyword) : undefined),
    refuse: ({ on, ...refusal }) =>
      reading.refuse({ ...refusal, path: on === undefined ? path : [...path, on] }),
  };
};

const TEXTS = ['title', 'description', '$comment'] as const;

/** Keywords of the profile, and where each may stand. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ['type', 'a schema without `$ref`'],
  ['properties', '`type: object`'],
  ['required', '`type: object`'],
  ['additionalProperties', '`type: object`'],
  ['$defs', 'the outermost schema'],
  ['$ref', 'a schema of its own, with text at most'],
  ['items', '`type: array`'],
  ['minItems', '`type: array`'],
  ['maxItems', '`type: array`'],
  ['minLength', '`type: string`'],
  ['maxLength', '`type: string`'],
  ['pattern', '`type: string`'],
  ['x-capability', '`type: string`, on a parameter or the items of one'],
  ['x-redact', '`type: string`'],
  ['minimum', '`type: integer` or `type: number`'],
  ['maximum', '`type: integer` or `type: number`'],
  ['exclusiveMinimum', '`type: integer`'],
  ['exclusiveMaximum', '`type: integer`'],
  ['enum', 'a schema of plain values, with `type` at most'],
  ['const', 'a schema of plain values, with `type` at most'],
]);

/** Refuses every keyword outside the list: what we do not check, nobody may rely on (attack 146). */
export const allowKeywords = (record: SchemaRecord, allowed: readonly string[]): void => {
  for (const key of record.keys) {
    if (allowed.includes(key)) continue;
    if ((TEXTS as readonly string[]).includes(key)) {
      refuseHiddenText(record, key);
      continue;
    }
    const problem = `keyword \`${printable(key)}\` not allowed here`;
    const banned = BANNED_KEYWORDS.get(key);
    const place = PLACES.get(key);
    if (banned !== undefined) record.refuse({ on: key, at: 'key', problem, ...banned });
    else if (place !== undefined) {
      const mend = `leave it out; it belongs to ${place}`;
      record.refuse({ on: key, at: 'key', rule: 'keyword-place', problem, mend });
    } else {
      const mend = 'leave it out, or say it in `description`';
      record.refuse({ on: key, at: 'key', rule: 'unknown-keyword', problem, mend });
    }
  }
};

// Text changes no check; but people and models read it, so it may not hide or reorder what it says.
const refuseHiddenText = (record: SchemaRecord, keyword: string): void => {
  const text = record.get(keyword);
  const { textLength } = PROFILE_LIMITS;
  if (typeof text === 'string' && text.length <= textLength && isPlainText(text)) return;
  record.refuse({
    on: keyword,
    rule: 'plain-text',
    problem: `expected one line of at most ${textLength} visible characters`,
    mend: 'write it shorter, without line breaks, terminal sequences or invisible characters',
  });
};

/** A size keyword: an integer from 0 to `most`, or what stands for an absent one. */
export const readSize = (
  record: SchemaRecord,
  keyword: string,
  { most, absent }: { readonly most: number; readonly absent: number | 'required' },
): number => {
  const value = record.get(keyword);
  if (value === undefined && !record.has(keyword)) {
    if (absent !== 'required') return absent;
    const mend = `add \`${keyword}\`, at most ${most}`;
    record.refuse({ rule: 'size-missing', problem: `missing \`${keyword}\``, mend });
    return most;
  }
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) {
    return value === 0 ? 0 : value;
  }
  record.refuse({
    on: keyword,
    rule: 'size-range',
    problem: `expected an integer from 0 to ${most}`,
    mend: `write an integer from 0 to ${most}`,
  });
  return absent === 'required' ? most : absent;
};

/** A bound of a number; an absent one is the widest that is exact. */
export const readBound = (record: SchemaRecord, keyword: string, absent: number): number => {
  if (!record.has(keyword)) return absent;
  const value = record.get(keyword);
  if (typeof value === 'number' && isPortableNumber(value)) return value;
  const mend = 'write an integer within 2^53 or a fraction from 1e-4 to 1e15';
  record.refuse({ on: keyword, rule: 'plain-number', problem: 'expected a plain number', mend });
  return absent;
};

export const refuseCrossed = (record: SchemaRecord, low: number, high: number): void => {
  if (low <= high) return;
  record.refuse({
    rule: 'bounds-crossed',
    problem: 'the lower bound is above the upper one',
    mend: 'write bounds that some value meets',
  });
};
