/**
 * A name of TypeScript for each entry: `filesystem.read` becomes `FilesystemRead`. Where two would have the same,
 * the later ones get a number.
 */
export const typeNames = (entries: Iterable<string>): ReadonlyMap<string, string> => {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const entry of entries) {
    const plain = entry.split(/[._]/).map(capital).join('');
    let name = plain;
    for (let number = 2; taken.has(name); number += 1) name = `${plain}${number}`;
    taken.add(name);
    names.set(entry, name);
  }
  return names;
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
