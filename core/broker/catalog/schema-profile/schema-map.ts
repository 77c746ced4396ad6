import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import { printable } from './plain-text.ts';
import { PROFILE_LIMITS } from './profile-limits.ts';
import type { ProfileReading } from './profile-reading.ts';
import { isPropertyName } from './property-name.ts';
import type { SchemaRecord } from './schema-record.ts';

export interface NamedSchema {
  readonly path: DocumentPath;
  readonly value: unknown;
}

/** The schemas below `properties` or `$defs`, by name; each bad name is reported and left out. */
export const schemaMap = (
  record: SchemaRecord,
  keyword: 'properties' | '$defs',
  reading: ProfileReading,
): ReadonlyMap<string, NamedSchema> => {
  const named = new Map<string, NamedSchema>();
  if (!record.has(keyword)) return named;
  const path = [...record.path, keyword];
  const value = record.get(keyword);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const problem = 'expected names with a schema each';
    reading.refuse({ path, rule: 'properties-map', problem, mend: 'write an object of schemas' });
    return named;
  }
  const names = Object.keys(value);
  if (names.length > PROFILE_LIMITS.properties) {
    const problem = `more than ${PROFILE_LIMITS.properties} names`;
    const mend = 'group them into objects, or use an array';
    reading.refuse({ path, rule: 'too-wide', problem, mend });
    return named;
  }
  for (const name of names) {
    const inner = { path: [...path, name], value: Reflect.get(value, name) };
    if (isPropertyName(name)) named.set(name, inner);
    else {
      reading.refuse({
        path: inner.path,
        at: 'key',
        rule: 'property-name',
        problem: `\`${printable(name)}\` is not a property name`,
        mend: 'use a letter, then up to 63 letters, digits and `_`; not a name that every object answers to, nor `then`',
      });
    }
  }
  return named;
};
