import type { EntryKind, Manifest, ManifestEntry } from '../../../vocabulary/manifest.ts';
import { entryTypes, type TypeWriter } from './entry-types.ts';
import { HANDLE_TYPES, handleDeclarations } from './handle-types.ts';
import { typeNames } from './type-names.ts';

const HEAD = `// Made by \`secai-agent plugin types\` of the manifest; what is changed here is lost.`;

const FROZEN = `/** What a step answers is copied, never changed. */
type Frozen<Value> = Value extends object
  ? { readonly [Key in keyof Value]: Frozen<Value[Key]> }
  : Value;`;

/**
 * The types that the manifest of a plugin promises its author: input and output of each entry, exactly the handles
 * that it is granted, and the shape of the module. The same manifest gives the same text everywhere.
 */
export const typesText = async (manifest: Manifest, writer: TypeWriter): Promise<string> => {
  const entries = [...manifest.entries.values()];
  const names = typeNames(entries.map(({ name }) => name));
  const nameOf = ({ name }: ManifestEntry): string => names.get(name) ?? name;
  const handles = entries
    .flatMap(({ annotations }) => annotations.map(({ capability }) => HANDLE_TYPES[capability]))
    .filter((type) => type !== null);
  const parts = [HEAD];
  for (const entry of entries) parts.push(await entryTypes(writer, entry, nameOf(entry)));
  for (const kind of ['step', 'tool'] as const) {
    const those = entries.filter((entry) => entry.kind === kind);
    if (those.length > 0) parts.push(moduleType(kind, those, nameOf));
  }
  parts.push(FROZEN, handleDeclarations(handles));
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
};

const moduleType = (
  kind: EntryKind,
  entries: readonly ManifestEntry[],
  nameOf: (entry: ManifestEntry) => string,
): string => {
  const members = entries.map((entry) => {
    const name = nameOf(entry);
    const key = entry.name.includes('.') ? `'${entry.name}'` : entry.name;
    return `  readonly ${key}: (
    input: ${name}Input,
    handles: ${name}Handles,
  ) => Promise<Frozen<${name}Output>> | Frozen<${name}Output>;`;
  });
  const what = kind === 'step' ? 'Steps' : 'Tools';
  return `/** What the module exports as \`${kind}s\`. */\nexport interface ${what} {\n${members.join('\n')}\n}`;
};
