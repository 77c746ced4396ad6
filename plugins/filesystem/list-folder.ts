import type { ListHandle } from '../plugin-types.ts';

interface ListOutput {
  readonly path: string;
  readonly entries: readonly Entry[];
  /** Entries that the task may not see: counted, never named. */
  readonly left_out: number;
  /** False where the folder has more entries than one result carries. */
  readonly complete: boolean;
}

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly size: number;
}

const MOST_ENTRIES = 2000;

/** The entries of a folder, page after page, to the most that one result carries. */
export const listFolder = async (
  { path }: { readonly path: string },
  { path: folder }: { readonly path: ListHandle },
): Promise<ListOutput> => {
  const entries: Entry[] = [];
  let leftOut = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<ListHandle['list']>> = await folder.list(
      cursor === null ? {} : { cursor },
    );
    entries.push(...page.entries.map(({ name, kind, size }) => ({ name, kind, size })));
    leftOut = Math.max(leftOut, page.left_out);
    cursor = page.cursor;
  } while (cursor !== null && entries.length < MOST_ENTRIES);
  return {
    path,
    entries: entries.slice(0, MOST_ENTRIES),
    left_out: leftOut,
    complete: cursor === null && entries.length <= MOST_ENTRIES,
  };
};
