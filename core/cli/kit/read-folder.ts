import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The texts of a folder by their paths in it; what is neither file nor folder is left out. */
export const readFolder = async (folder: string): Promise<Readonly<Record<string, string>>> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files: Record<string, string> = {};
  for (const entry of entries.filter((each) => each.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[relative(folder, path)] = await readFile(path, 'utf8');
  }
  return files;
};
