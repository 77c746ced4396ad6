import type { ProfileReading } from './profile-reading.ts';
import { isPropertyName } from './property-name.ts';
import { type NamedSchema, schemaMap } from './schema-map.ts';
import type { SchemaRecord } from './schema-record.ts';

/** The `$defs` of one document, unchecked until a reference leads to them. */
export interface Definitions {
  /** The definition that `name` stands for, or undefined. */
  readonly follow: (name: string) => NamedSchema | undefined;
  /** Reports each definition that nothing led to, so that no part of a document goes unchecked. */
  readonly refuseUnused: () => void;
}

export const readDefinitions = (root: SchemaRecord, reading: ProfileReading): Definitions => {
  const all = schemaMap(root, '$defs', reading);
  const used = new Set<string>();
  return Object.freeze({
    follow: (name: string) => {
      used.add(name);
      return all.get(name);
    },
    refuseUnused: () => {
      for (const [name, { path }] of all) {
        if (used.has(name)) continue;
        const problem = `nothing refers to \`${name}\``;
        const mend = 'remove it';
        reading.refuse({ path, at: 'key', rule: 'definition-unused', problem, mend });
      }
    },
  });
};

const PREFIX = '#/$defs/';

/** The name that a reference leads to; undefined for every other form, remote ones first (attack 133). */
export const definitionName = (reference: unknown): string | undefined => {
  if (typeof reference !== 'string' || !reference.startsWith(PREFIX)) return undefined;
  const name = reference.slice(PREFIX.length);
  return isPropertyName(name) ? name : undefined;
};
