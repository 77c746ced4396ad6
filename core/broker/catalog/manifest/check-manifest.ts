import { parsePluginId } from '../../../vocabulary/ids.ts';
import type {
  EntryKind,
  Finding,
  Manifest,
  ManifestEntry,
  ManifestRequests,
} from '../../../vocabulary/manifest.ts';
import type { EntryFile, ManifestFile } from '../manifest-file.ts';
import { checkEntry } from './check-entry.ts';
import { type Fault, findingsOf } from './fault.ts';
import { isPlainId } from './plain-name.ts';
import { unusedRequests } from './power-faults.ts';
import { readDocument } from './read-document.ts';
import { looseSchemaFaults } from './read-schema.ts';
import { repeatedHosts } from './repeated-hosts.ts';
import { checkStructure } from './structure-faults.ts';

export type ManifestCheck =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Reads a plugin's manifest and names everything that is wrong with it, up to 20 findings. A `file` that ends in
 * `.json` is JSON and nothing else.
 */
export const checkManifest = (text: string, file: string): ManifestCheck => {
  // A stranger wrote this text. Fields that we do not know, capabilities outside the closed list, text that
  // hides something, entries that play down what they can do and requests that contradict each other refuse
  // the whole plugin (attacks 138 to 142, 144, 146, 147).
  const reading = readDocument(text, file);
  if (!reading.ok) {
    const { problem, line, column } = reading;
    const mend = 'write plain YAML or JSON, every value spelt out once';
    return {
      ok: false,
      findings: [{ pointer: '', rule: 'document', problem, mend, line, column }],
    };
  }
  const refuse = (faults: readonly Fault[]): ManifestCheck => ({
    ok: false,
    findings: findingsOf(faults, reading.locate),
  });
  const structure = checkStructure(reading.value);
  if (!structure.ok) return refuse([...structure.faults, ...looseSchemaFaults(reading.value)]);
  const meaning = meaningOf(structure.file);
  return 'faults' in meaning ? refuse(meaning.faults) : { ok: true, manifest: meaning };
};

const meaningOf = (file: ManifestFile): Manifest | { readonly faults: readonly Fault[] } => {
  const requests: ManifestRequests = {
    inference: file.requests?.inference ?? false,
    tools: file.requests?.tools ?? [],
    egress: file.requests?.egress ?? [],
  };
  const faults: Fault[] = [...repeatedHosts(requests)];
  const entries = new Map<string, ManifestEntry>();
  for (const [kind, field, name, entry] of entriesOf(file)) {
    const checked = checkEntry(entry, { name, kind, path: [field, name], requests });
    if (checked.ok) entries.set(name, checked.entry);
    else faults.push(...checked.faults);
  }
  if (file.steps === undefined && file.tools === undefined) faults.push(NO_ENTRY);
  // Only where every entry could be read is it known that none of them uses a request.
  if (faults.length === 0) faults.push(...unusedRequests([...entries.values()], requests));
  const id = parsePluginId(file.id);
  if (id === undefined || !isPlainId(id)) {
    const mend = 'choose another name';
    faults.push({
      path: ['id'],
      at: 'value',
      rule: 'reserved-name',
      problem: 'a reserved name',
      mend,
    });
  }
  if (id === undefined || faults.length > 0) return { faults };
  const { version, title, description, license, authors } = file;
  return { id, version, title, description, license, authors, requests, entries };
};

const NO_ENTRY: Fault = {
  path: [],
  at: 'value',
  rule: 'no-entry',
  problem: 'neither `steps` nor `tools`',
  mend: 'add `steps` or `tools` with at least one entry',
};

const entriesOf = ({
  steps = {},
  tools = {},
}: ManifestFile): readonly (readonly [EntryKind, 'steps' | 'tools', string, EntryFile])[] => [
  ...Object.entries(steps).map(([name, entry]) => ['step', 'steps', name, entry] as const),
  ...Object.entries(tools).map(([name, entry]) => ['tool', 'tools', name, entry] as const),
];
