import { AgentError } from '../../../vocabulary/errors.ts';
import type { RandomBytes } from '../../../vocabulary/ids.ts';
import { type WriteDeps, writeAtomically } from './atomic-write.ts';
import type { BlockGuard } from './blocklist.ts';
import { readWhole } from './labelled-file.ts';
import { HOW, type Opened, requireFile } from './open-beneath.ts';
import type { StorageFilePowers } from './storage-powers.ts';
import { codeOf } from './unavailable.ts';

interface ReplaceDeps extends WriteDeps {
  readonly files: Pick<StorageFilePowers, 'read' | 'write' | 'sync'>;
  /** The root that old versions are copied to; no task reaches it. */
  readonly restoreFolder: string;
}

/** The restore folder is blocked for tasks; the gateway itself writes there. */
export const UNGUARDED: BlockGuard = { blocksPath: () => false, blocksObject: () => false };

/**
 * Replaces a file, or creates it where there is none. The old version is durable in the restore folder
 * before the new one appears; the answer is its name there, or null.
 */
export const replaceFile = async (
  deps: ReplaceDeps,
  target: { readonly root: string; readonly parent: string; readonly name: string },
  bytes: Uint8Array,
  guard: BlockGuard,
): Promise<string | null> => {
  using folder = deps.opener.openFolder(target.root, target.parent, guard);
  using old = openIfThere(deps, folder, target.name, guard);
  const kept = old === undefined ? null : await keep(deps, old);
  const replaces = old?.facts.version ?? null;
  await writeAtomically(deps, { ...target, replaces }, bytes, guard);
  return kept;
};

const keep = async (deps: ReplaceDeps, old: Opened): Promise<string> => {
  const bytes = await readWhole(old, deps.files);
  const name = newKeptName(deps.random);
  const target = { root: deps.restoreFolder, parent: '', name, replaces: null };
  try {
    await writeAtomically(deps, target, bytes, UNGUARDED);
  } catch (cause) {
    throw new AgentError({
      code: 'storage_failed',
      message: 'the old version cannot be kept',
      cause,
    });
  }
  return name;
};

const newKeptName = (random: RandomBytes): string =>
  `${Buffer.from(random(16)).toString('hex')}.old`;

const openIfThere = (
  { opener }: Pick<ReplaceDeps, 'opener'>,
  folder: Opened,
  name: string,
  guard: BlockGuard,
): Opened | undefined => {
  try {
    return requireFile(opener.openIn(folder, name, HOW.readFile, guard));
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
};
