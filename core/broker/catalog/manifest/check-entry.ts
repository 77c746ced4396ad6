import type {
  EntryKind,
  ManifestEntry,
  ManifestRequests,
  ObjectSchema,
} from '../../../vocabulary/manifest.ts';
import type { DocumentPath } from '../../../vocabulary/parse/yaml.ts';
import type { EntryFile } from '../manifest-file.ts';
import { annotationsOf } from '../schema-profile/annotations.ts';
import { exampleFaults } from './example-faults.ts';
import type { Fault } from './fault.ts';
import { limitFaults } from './limit-faults.ts';
import { isPlainName } from './plain-name.ts';
import { powerFaults } from './power-faults.ts';
import { readSchema } from './read-schema.ts';

export type EntryCheck =
  | { readonly ok: true; readonly entry: ManifestEntry }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** One step or tool whose fields have the right form: what they mean, and whether they contradict. */
export const checkEntry = (
  file: EntryFile,
  {
    name,
    kind,
    path,
    requests,
  }: {
    readonly name: string;
    readonly kind: EntryKind;
    readonly path: DocumentPath;
    readonly requests: ManifestRequests;
  },
): EntryCheck => {
  const faults: Fault[] = [];
  if (!isPlainName(name)) {
    const mend = 'choose another name';
    faults.push({
      path,
      at: 'key',
      rule: 'reserved-name',
      problem: 'a name of the language',
      mend,
    });
  }
  const schemaOf = (role: 'input' | 'output'): ObjectSchema | undefined => {
    const reading = readSchema(file[role], role, [...path, role]);
    if (reading.ok) return reading.schema;
    faults.push(...reading.faults);
    return undefined;
  };
  const input = schemaOf('input');
  const output = schemaOf('output');
  const profile = file.profile ?? 'standard';
  const limits = file.limits ?? {};
  faults.push(...limitFaults(limits, profile, path));
  if (input === undefined || output === undefined) return { ok: false, faults };

  const { description, reversibility, idempotent = false, hints, examples = [] } = file;
  const entry: ManifestEntry = {
    kind,
    name,
    description,
    reversibility,
    idempotent,
    profile,
    limits,
    input,
    output,
    annotations: annotationsOf(input),
    examples,
    ...(hints === undefined ? {} : { hints }),
  };
  faults.push(...powerFaults(entry, requests, path), ...exampleFaults(entry, path));
  return faults.length === 0 ? { ok: true, entry: Object.freeze(entry) } : { ok: false, faults };
};
