import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FolderWalk } from '../../../../core/broker/gateway/storage/walk.ts';
import type { Label } from '../../../../core/vocabulary/enums.ts';
import type { AccessScope, FileResource } from '../../../../core/vocabulary/resource.ts';

/** A folder as a resource of a search, and an access scope that covers it. */
export const folderResource = (root: string, relative = ''): FileResource => ({
  capability: 'storage.search',
  parameter: 'path',
  index: null,
  root,
  relative,
  absolute: relative === '' ? root : `${root}/${relative}`,
  display: relative === '' ? 'work' : `work/${relative}`,
});

export const scopeOf = (root: string, ceiling: Label = 'high'): AccessScope => ({
  readable: [root],
  writable: [],
  ceiling,
});

export interface CountingWalk extends FolderWalk {
  readonly walks: number;
  readonly reads: readonly string[];
}

/**
 * A small real walk over real files: regular files in code point order, labelled by the words in them.
 * `onWalk` runs when a walk has named its first file.
 */
export const makeTempFolderWalk = (onWalk?: () => Promise<void>): CountingWalk => {
  const reads: string[] = [];
  let walks = 0;

  async function* below(root: string, relative: string, depth: number): AsyncGenerator<string> {
    const names = (await readdir(join(root, relative))).sort();
    for (const name of names) {
      const path = relative === '' ? name : `${relative}/${name}`;
      const facts = await lstat(join(root, path));
      if (facts.isFile()) yield path;
      else if (facts.isDirectory() && depth > 0) yield* below(root, path, depth - 1);
    }
  }

  return {
    get walks() {
      return walks;
    },
    get reads() {
      return reads;
    },
    async *walk(resource, _access, { maxFiles, maxDepth, signal }) {
      walks += 1;
      let named = 0;
      for await (const relative of below(resource.root, resource.relative, maxDepth)) {
        signal.throwIfAborted();
        if (named === maxFiles) return;
        const { size, mtimeMs, ctimeMs, ino } = await lstat(join(resource.root, relative));
        const version = `${ino}:${size}:${mtimeMs}:${ctimeMs}`;
        yield { relative, display: `work/${relative}`, size, version };
        named += 1;
        if (named === 1) await onWalk?.();
      }
    },
    readForIndex: async (resource, _access, relative) => {
      reads.push(relative);
      const text = await readFile(join(resource.root, relative), 'utf8');
      if (text.includes('\0')) return undefined;
      const label = text.includes('SECRET') ? 'high' : text.includes('PRIVATE') ? 'medium' : 'low';
      return { text, label };
    },
  };
};
