import { AgentError } from '../../../vocabulary/errors.ts';
import type { RandomBytes } from '../../../vocabulary/ids.ts';
import type { BlockGuard } from './blocklist.ts';
import { type BeneathOpener, HOW, type Opened } from './open-beneath.ts';
import type { StorageFilePowers, StorageLinuxPowers } from './storage-powers.ts';
import { newTemporaryName } from './temporary-name.ts';
import { codeOf, Unavailable } from './unavailable.ts';

export interface WriteDeps {
  readonly opener: BeneathOpener;
  readonly linux: Pick<StorageLinuxPowers, 'renameWithin' | 'unlinkat'>;
  readonly files: Pick<StorageFilePowers, 'write' | 'sync'>;
  readonly random: RandomBytes;
}

interface Target {
  readonly root: string;
  /** The folder that holds the file, below the root. */
  readonly parent: string;
  readonly name: string;
  /** The version that may be replaced; null where the name must be free. */
  readonly replaces: string | null;
}

/**
 * Puts bytes under a name, whole or not at all, and durably: a new file beside the target, fsync, rename,
 * fsync of the folder. On any failure the new file is removed.
 */
export const writeAtomically = async (
  { opener, linux, files, random }: WriteDeps,
  target: Target,
  bytes: Uint8Array,
  guard: BlockGuard,
): Promise<void> => {
  using folder = opener.openFolder(target.root, target.parent, guard);
  if (target.replaces === null) requireFree(opener, folder, target.name, guard);
  const temporary = newTemporaryName(random);
  try {
    using file = opener.openIn(folder, temporary, HOW.newFile, guard);
    await writeAll(files, file, bytes);
    await files.sync(file.descriptor);
    requireSameFolder(opener, folder, target, guard);
    if (target.replaces !== null) requireSameVersion(opener, folder, target, guard);
    const replace = target.replaces !== null;
    linux.renameWithin(folder.descriptor, temporary, target.name, { replace });
  } catch (thrown) {
    remove(linux, folder, temporary);
    // Someone took the name meanwhile; the kernel refused to replace it.
    if (codeOf(thrown) === 'EEXIST') requireFree(opener, folder, target.name, guard);
    throw thrown;
  }
  await files.sync(folder.descriptor);
};

const writeAll = async (
  files: Pick<StorageFilePowers, 'write'>,
  { descriptor }: Opened,
  bytes: Uint8Array,
): Promise<void> => {
  let written = 0;
  while (written < bytes.byteLength)
    written += await files.write(descriptor, bytes.subarray(written), written);
};

const remove = (
  linux: Pick<StorageLinuxPowers, 'unlinkat'>,
  folder: Opened,
  temporary: string,
): void => {
  try {
    linux.unlinkat(folder.descriptor, temporary);
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
  }
};

/** Only a plain file is said to exist: a link or a device there is as unavailable as anywhere. */
const requireFree = (
  opener: BeneathOpener,
  folder: Opened,
  name: string,
  guard: BlockGuard,
): void => {
  using found = lookIfThere(opener, folder, name, guard);
  if (found === undefined) return;
  if (found.facts.kind === 'file' && found.facts.links === 1)
    throw new AgentError({ code: 'already_exists', message: 'file already exists' });
  throw new Unavailable('the name belongs to something else');
};

// The folder may have been moved while we wrote: then the path no longer leads to what is open, and the
// file would appear outside the scope (attack 100).
const requireSameFolder = (
  opener: BeneathOpener,
  folder: Opened,
  { root, parent }: Target,
  guard: BlockGuard,
): void => {
  using again = opener.openFolder(root, parent, guard);
  if (again.facts.identity !== folder.facts.identity)
    throw new Unavailable('the folder moved during the write');
};

// What is replaced must be what was kept for undo, not a version that nobody kept (attack 101).
const requireSameVersion = (
  opener: BeneathOpener,
  folder: Opened,
  { name, replaces }: Target,
  guard: BlockGuard,
): void => {
  using now = lookIfThere(opener, folder, name, guard);
  if (now?.facts.version !== replaces)
    throw new AgentError({
      code: 'storage_failed',
      message: 'file changed while it was replaced',
    });
};

const lookIfThere = (
  opener: BeneathOpener,
  folder: Opened,
  name: string,
  guard: BlockGuard,
): Opened | undefined => {
  try {
    return opener.openIn(folder, name, HOW.look, guard);
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
};
