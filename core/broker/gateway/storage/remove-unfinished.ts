import type { Opened } from './open-beneath.ts';
import type { StorageFilePowers, StorageLinuxPowers } from './storage-powers.ts';
import { isTemporaryName } from './temporary-name.ts';
import { codeOf } from './unavailable.ts';

/** A folder of more names is left as it is: this is tidying, and the names are hidden from tasks anyway. */
const MOST_NAMES = 100_000;

/**
 * Removes what an interrupted write left in a folder, whose names only the gateway itself makes (attack
 * 117). Only while no write is under way there. Answers how many files there were.
 */
export const removeUnfinished = async (
  folder: Opened,
  files: Pick<StorageFilePowers, 'namesIn'>,
  linux: Pick<StorageLinuxPowers, 'unlinkat'>,
): Promise<number> => {
  const names = (await files.namesIn(folder.descriptor, MOST_NAMES)) ?? [];
  let removed = 0;
  for (const name of names.filter(isTemporaryName)) {
    try {
      linux.unlinkat(folder.descriptor, name);
      removed += 1;
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOENT') throw thrown;
    }
  }
  return removed;
};
