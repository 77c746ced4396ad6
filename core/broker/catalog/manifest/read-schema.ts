import { isJsonObject, ownValue } from '../../../vocabulary/json.ts';
import type { ObjectSchema } from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import { parseSchema } from '../schema-profile/parse-schema.ts';
import type { Fault } from './fault.ts';

export type ReadSchema =
  | { readonly ok: true; readonly schema: ObjectSchema }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** Reads one schema of a manifest; its faults say where in the manifest they stand. */
export const readSchema = (
  value: unknown,
  role: 'input' | 'output',
  path: DocumentPath,
): ReadSchema => {
  const reading = parseSchema(value, role);
  if (reading.ok) return reading;
  const { at, problem } = reading;
  const mend = 'write what the schema profile allows';
  const fault: Fault = { path: [...path, ...reading.path], at, rule: 'schema', problem, mend };
  return { ok: false, faults: [fault] };
};

/** The faults of all schemas in a document whose other fields are wrong too: an author sees them at once. */
export const looseSchemaFaults = (document: unknown): readonly Fault[] =>
  ['steps', 'tools'].flatMap((field) =>
    ownEntries(ownValueOf(document, field)).flatMap(([name, entry]) =>
      (['input', 'output'] as const).flatMap((role) => {
        const schema = ownValueOf(entry, role);
        if (!isJsonObject(schema)) return [];
        const reading = readSchema(schema, role, [field, name, role]);
        return reading.ok ? [] : reading.faults;
      }),
    ),
  );

const ownValueOf = (value: unknown, key: string): unknown =>
  isJsonObject(value) ? ownValue(value, key) : undefined;

const ownEntries = (value: unknown): readonly (readonly [string, unknown])[] =>
  isJsonObject(value) ? Object.entries(value) : [];
