import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Capability } from '../../../vocabulary/capability.ts';
import { PACKAGE_ROOT } from '../../../vocabulary/package-root.ts';

/** The type of `plugins/plugin-types.ts` that stands for a handle; null where no gateway serves it yet. */
export const HANDLE_TYPES: Readonly<Record<Capability, string | null>> = {
  'storage.read': 'ReadHandle',
  'storage.list': 'ListHandle',
  'storage.search': 'SearchHandle',
  'storage.create': 'WriteHandle',
  'storage.replace': 'WriteHandle',
  'storage.create_under': null,
  'storage.delete': null,
  'airlock.fetch': null,
  'tool.invoke': 'InvokeHandle',
};

const FILE = 'plugins/plugin-types.ts';

/** The declarations of these types and of what they are made of, in the order of the file that all authors share. */
export const handleDeclarations = (names: Iterable<string>): string => {
  const declared = declarations();
  const needed = new Set<string>();
  const need = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    const text = declared.get(name) ?? '';
    for (const other of declared.keys()) {
      if (new RegExp(`\\b${other}\\b`).test(text)) need(other);
    }
  };
  for (const name of names) need(name);
  return [...declared].flatMap(([name, text]) => (needed.has(name) ? [text] : [])).join('\n\n');
};

// The file is ours and formatted: a declaration begins in the first column and ends before the next empty line
// that is followed by another first column.
const declarations = (): ReadonlyMap<string, string> => {
  const text = readFileSync(join(PACKAGE_ROOT, FILE), 'utf8');
  const found = new Map<string, string>();
  for (const block of text.split(/\n\n(?=\/\*\*|export )/)) {
    const name = /^export (?:interface|type) (\w+)/m.exec(block)?.[1];
    if (name !== undefined) found.set(name, block.trim());
  }
  return found;
};
