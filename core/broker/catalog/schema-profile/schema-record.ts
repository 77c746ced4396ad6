import { isPortableNumber } from '../../../vocabulary/canonical.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';

/** Where a manifest's schema leaves the profile, and how. */
export interface ProfileFault {
  readonly path: DocumentPath;
  readonly at: 'key' | 'value';
  readonly problem: string;
}

/** Carries a fault out of the recursion; never leaves this folder. */
export class OutsideProfile extends Error {
  override readonly name = 'OutsideProfile';
  readonly fault: ProfileFault;

  constructor(path: DocumentPath, problem: string, at: 'key' | 'value' = 'value') {
    super(problem);
    this.fault = { path, at, problem };
  }
}

/** One level of an unchecked schema, read by own properties only. */
export interface SchemaRecord {
  readonly path: DocumentPath;
  readonly keys: readonly string[];
  /** Undefined where the keyword is absent. */
  readonly get: (keyword: string) => unknown;
}

export const schemaRecord = (value: unknown, path: DocumentPath): SchemaRecord => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new OutsideProfile(path, 'expected a schema');
  }
  return {
    path,
    keys: Object.keys(value),
    get: (keyword) => (Object.hasOwn(value, keyword) ? Reflect.get(value, keyword) : undefined),
  };
};

/** Refuses every keyword outside the list: what we do not check, nobody may rely on (attack 146). */
export const allowKeywords = (record: SchemaRecord, allowed: readonly string[]): void => {
  for (const key of record.keys) {
    if (!allowed.includes(key)) {
      const shown = key.replace(/\P{ASCII}|\p{C}/gu, '?').slice(0, 64);
      throw new OutsideProfile(
        [...record.path, key],
        `keyword \`${shown}\` not allowed here`,
        'key',
      );
    }
  }
};

/** A size keyword: an integer from 0 to `most`, or what stands for an absent one. */
export const readSize = (
  record: SchemaRecord,
  keyword: string,
  { most, absent }: { readonly most: number; readonly absent: number | 'required' },
): number => {
  const value = record.get(keyword);
  if (value === undefined) {
    if (absent !== 'required') return absent;
    throw new OutsideProfile(record.path, `missing \`${keyword}\``);
  }
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > most) {
    throw new OutsideProfile([...record.path, keyword], `expected an integer from 0 to ${most}`);
  }
  return value;
};

/** A bound of a number; an absent one is the widest that is exact. */
export const readBound = (record: SchemaRecord, keyword: string, absent: number): number => {
  const value = record.get(keyword);
  if (value === undefined) return absent;
  if (typeof value !== 'number' || !isPortableNumber(value)) {
    throw new OutsideProfile([...record.path, keyword], 'expected a plain number');
  }
  return value;
};

export const refuseCrossed = (record: SchemaRecord, low: number, high: number): void => {
  if (low > high) throw new OutsideProfile(record.path, 'the lower bound is above the upper one');
};
