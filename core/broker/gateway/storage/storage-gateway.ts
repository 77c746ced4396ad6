import { sha256 } from '../../../vocabulary/digest.ts';
import { exceedsCeiling, type Label } from '../../../vocabulary/enums.ts';
import { AgentError } from '../../../vocabulary/errors.ts';
import type { RandomBytes, Sha256Hex } from '../../../vocabulary/ids.ts';
import type { Log } from '../../../vocabulary/log.ts';
import type { AccessScope, FileResource } from '../../../vocabulary/resource.ts';
import { admit } from './admit.ts';
import { writeAtomically } from './atomic-write.ts';
import { type BlockedPath, type BlockGuard, makeBlocklist } from './blocklist.ts';
import { type Excerpt, excerpt, type ReadArguments } from './excerpt.ts';
import { makeLabelCache } from './label-cache.ts';
import { readLabelled } from './labelled-file.ts';
import { type Listing, listFolder } from './list-folder.ts';
import { HOW, makeBeneathOpener } from './open-beneath.ts';
import { makePathLock } from './path-lock.ts';
import { removeUnfinished } from './remove-unfinished.ts';
import { replaceFile, UNGUARDED } from './replace-file.ts';
import { openScopeRoots } from './scope-roots.ts';
import type { StorageFilePowers, StorageLinuxPowers } from './storage-powers.ts';
import { asRefusal, Unavailable } from './unavailable.ts';
import { type FolderWalk, makeWalk } from './walk.ts';

export interface ReadAnswer extends Excerpt {
  /** Of the whole file, in bytes. */
  readonly size: number;
  readonly label: Label;
}

export interface WriteAnswer {
  readonly size: number;
  readonly sha256: Sha256Hex;
}

export interface Description {
  readonly exists: boolean;
  readonly size: number | null;
  /** Differs when the file may be another one or have other content; null where there is none. */
  readonly version: string | null;
}

/** The only code that touches a task's files (wire contract section 10). Every refusal is an AgentError. */
export interface StorageGateway {
  readonly read: (
    resource: FileResource,
    access: AccessScope,
    args: ReadArguments,
  ) => Promise<ReadAnswer>;
  readonly list: (
    resource: FileResource,
    access: AccessScope,
    args: { readonly cursor?: string },
  ) => Promise<Listing>;
  readonly create: (
    resource: FileResource,
    access: AccessScope,
    bytes: Uint8Array,
  ) => Promise<WriteAnswer>;
  /** `kept` names the old version in the restore folder; null where there was none. */
  readonly replace: (
    resource: FileResource,
    access: AccessScope,
    bytes: Uint8Array,
  ) => Promise<WriteAnswer & { readonly kept: string | null }>;
  /** What an approval tells a person. Never for a guest: it asks for no scope of a grant. */
  readonly describe: (resource: FileResource) => Promise<Description>;
  /** Removes what an interrupted write to this resource left beside it; answers how many files. */
  readonly removeUnfinished: (resource: FileResource) => Promise<number>;
  /** The same files as an index sees them. */
  readonly folders: FolderWalk;
  readonly close: () => Promise<void>;
}

interface StorageDeps {
  readonly linux: StorageLinuxPowers;
  readonly files: StorageFilePowers;
  /** The folders that scopes may lie in: canonical, absolute. */
  readonly roots: readonly string[];
  readonly blocked: readonly BlockedPath[];
  /** A folder of the broker's own, which exists; tasks never reach it. */
  readonly restoreFolder: string;
  readonly random: RandomBytes;
  readonly log: Log;
}

export const WRITE_LIMIT: number = 1024 * 1024;
const CACHED_LABELS = 10_000;

/** @throws AgentError configuration when a blocked path is not canonical or the restore folder missing */
export const makeStorageGateway = async (deps: StorageDeps): Promise<StorageGateway> => {
  const { linux, files, restoreFolder, random, log } = deps;
  const blocklist = makeBlocklist([...deps.blocked, restoreFolder], files);
  const roots = openScopeRoots([...deps.roots, restoreFolder], linux, log);
  if (!roots.has(restoreFolder)) {
    closeAll(roots, files);
    throw new AgentError({
      code: 'configuration',
      message: 'the restore folder cannot be opened',
    });
  }
  const opener = makeBeneathOpener({ linux, files, roots });
  {
    using kept = opener.openFolder(restoreFolder, '', UNGUARDED);
    await removeUnfinished(kept, files, linux);
  }
  const labels = makeLabelCache(CACHED_LABELS);
  const locked = makePathLock();
  const writing = { opener, linux, files, random };

  /** One access: admitted, carried out, and every failure turned into a refusal that tells nothing. */
  const access = async <Answer>(
    kind: 'file' | 'folder',
    resource: FileResource,
    prefixes: readonly string[],
    work: (guard: BlockGuard) => Promise<Answer>,
  ): Promise<Answer> => {
    try {
      const guard = blocklist();
      admit(resource, prefixes, guard);
      return await work(guard);
    } catch (thrown) {
      const refusal = asRefusal(kind, thrown);
      log.info({ code: refusal.code, reason: reasonOf(refusal) }, 'storage refused');
      throw refusal;
    }
  };

  const read: StorageGateway['read'] = (resource, { readable, ceiling }, args) =>
    access('file', resource, readable, async (guard) => {
      using file = opener.openFile(resource.root, resource.relative, guard);
      const { bytes, label } = await readLabelled(file, files);
      if (exceedsCeiling(label, ceiling))
        throw new AgentError({
          code: 'above_ceiling',
          message: `file sensitivity \`${label}\` exceeds ceiling \`${ceiling}\``,
        });
      return { ...excerpt(bytes, args), size: bytes.length, label };
    });

  const list: StorageGateway['list'] = (resource, { readable, ceiling }, { cursor }) =>
    access('folder', resource, readable, async (guard) => {
      using folder = opener.openFolder(resource.root, resource.relative, guard);
      const { absolute } = resource;
      return await listFolder(
        { opener, files, labels },
        folder,
        { absolute, ceiling, cursor },
        guard,
      );
    });

  const create: StorageGateway['create'] = (resource, { writable }, bytes) =>
    access('file', resource, writable, async (guard) => {
      const answer = written(bytes);
      const target = { ...targetOf(resource), replaces: null };
      await locked(resource.absolute, () => writeAtomically(writing, target, bytes, guard));
      return answer;
    });

  const replace: StorageGateway['replace'] = (resource, { writable }, bytes) =>
    access('file', resource, writable, async (guard) => {
      const answer = written(bytes);
      const replacing = { ...writing, restoreFolder };
      const kept = await locked(resource.absolute, () =>
        replaceFile(replacing, targetOf(resource), bytes, guard),
      );
      return { ...answer, kept };
    });

  const describe: StorageGateway['describe'] = async (resource) => {
    try {
      return await access('file', resource, [resource.root], async (guard) => {
        if (resource.relative === '') {
          using scope = opener.openFolder(resource.root, '', guard);
          return { exists: true, size: null, version: scope.facts.version };
        }
        const { root, parent, name } = targetOf(resource);
        using folder = opener.openFolder(root, parent, guard);
        using found = opener.openIn(folder, name, HOW.look, guard);
        const { kind, size, version } = found.facts;
        return { exists: true, size: kind === 'file' ? size : null, version };
      });
    } catch (thrown) {
      const refusal = asRefusal('file', thrown);
      if (refusal.code === 'not_available') return { exists: false, size: null, version: null };
      throw refusal;
    }
  };

  const removeUnfinishedBeside: StorageGateway['removeUnfinished'] = (resource) =>
    access('file', resource, [resource.root], async (guard) => {
      const { root, parent } = targetOf(resource);
      using folder = opener.openFolder(root, parent, guard);
      return await removeUnfinished(folder, files, linux);
    });

  const folders = makeWalk({ opener, files, blocklist });
  // The root descriptors are used only in one go with their look-up, so none is in use here.
  const close = async (): Promise<void> => closeAll(roots, files);
  return Object.freeze({
    ...{ read, list, create, replace, describe, folders, close },
    removeUnfinished: removeUnfinishedBeside,
  });
};

const closeAll = (roots: Map<string, number>, files: Pick<StorageFilePowers, 'close'>): void => {
  for (const descriptor of roots.values()) files.close(descriptor);
  roots.clear();
};

const written = (bytes: Uint8Array): WriteAnswer => {
  const size = bytes.byteLength;
  if (size > WRITE_LIMIT)
    throw new AgentError({
      code: 'too_large',
      message: `content too large (${size} bytes, max ${WRITE_LIMIT})`,
    });
  return { size, sha256: sha256(bytes) };
};

const targetOf = ({
  root,
  relative,
}: FileResource): { root: string; parent: string; name: string } => {
  if (relative === '') throw new Unavailable('names the scope itself');
  const slash = relative.lastIndexOf('/');
  return { root, parent: relative.slice(0, Math.max(slash, 0)), name: relative.slice(slash + 1) };
};

/** For the log alone: the kernel's or our own reason, which names no path. */
const reasonOf = ({ cause, code }: AgentError): string =>
  cause instanceof Error ? cause.message : code;
