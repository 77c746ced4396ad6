import { OPEN, RESOLVE } from '../../../linux/open-flags.ts';
import type { BlockGuard } from './blocklist.ts';
import type { FileFacts, StorageFilePowers, StorageLinuxPowers } from './storage-powers.ts';
import { Unavailable } from './unavailable.ts';

/** An open object and what it is. Closed at the end of the block that holds it (`using`). */
export interface Opened extends Disposable {
  readonly descriptor: number;
  readonly facts: FileFacts;
}

const ALWAYS = OPEN.closeOnExec | OPEN.noFollow | OPEN.noControllingTerminal | OPEN.nonBlocking;
/** To look at whatever has the name, without opening it. */
const LOOK = OPEN.pathOnly | OPEN.noFollow | OPEN.closeOnExec;

type How = 'look' | 'passFolder' | 'readFolder' | 'readFile' | 'newFile';

/** The ways to open one name in an open folder. */
export const HOW: Readonly<Record<How, number>> = {
  look: LOOK,
  passFolder: LOOK | OPEN.directory,
  readFolder: ALWAYS | OPEN.readOnly | OPEN.directory,
  readFile: ALWAYS | OPEN.readOnly,
  newFile: ALWAYS | OPEN.writeOnly | OPEN.create | OPEN.exclusive,
};

const BENEATH =
  RESOLVE.beneath | RESOLVE.noSymlinks | RESOLVE.noMagicLinks | RESOLVE.noMountCrossing;
const OWNER_ONLY = 0o600;

// Everything on disk may be the attacker's work, and may change while we look: links, devices, mounts,
// folders swapped for links. So nothing is checked by name and then opened by name. Each step opens one
// segment in the folder that is already open, and what is checked is the object that came back
// (attacks 91, 97, 99, 103, 105).

export interface BeneathOpener {
  /** Opens one name in an open folder; refuses a blocked object. */
  readonly openIn: (folder: Opened, name: string, how: number, guard: BlockGuard) => Opened;
  /** Opens the folder at `relative` below a root; every folder on the way is checked too. */
  readonly openFolder: (root: string, relative: string, guard: BlockGuard) => Opened;
  /** Opens the regular, single-linked file at `relative` below a root, for reading. */
  readonly openFile: (root: string, relative: string, guard: BlockGuard) => Opened;
}

export const makeBeneathOpener = ({
  linux,
  files,
  roots,
}: {
  readonly linux: Pick<StorageLinuxPowers, 'openat2'>;
  readonly files: Pick<StorageFilePowers, 'factsOf' | 'close'>;
  readonly roots: ReadonlyMap<string, number>;
}): BeneathOpener => {
  const open = (directory: number, name: string, flags: number, guard: BlockGuard): Opened => {
    const mode = (flags & OPEN.create) === 0 ? 0 : OWNER_ONLY;
    const descriptor = linux.openat2(directory, name, { flags, mode, resolve: BENEATH });
    try {
      const facts = files.factsOf(descriptor);
      if (guard.blocksObject(facts.identity)) throw new Unavailable('blocked object');
      return { descriptor, facts, [Symbol.dispose]: () => files.close(descriptor) };
    } catch (thrown) {
      files.close(descriptor);
      throw thrown;
    }
  };

  const openIn: BeneathOpener['openIn'] = (folder, name, how, guard) =>
    open(folder.descriptor, name, how, guard);

  const pass = (root: string, segments: readonly string[], guard: BlockGuard): Opened => {
    const start = roots.get(root);
    if (start === undefined) throw new Unavailable('scope is not open');
    let here = open(start, '.', HOW.passFolder, guard);
    for (const segment of segments) {
      using left = here;
      here = openIn(left, segment, HOW.passFolder, guard);
    }
    return here;
  };

  return Object.freeze<BeneathOpener>({
    openIn,
    openFolder: (root, relative, guard) => {
      using folder = pass(root, segmentsOf(relative), guard);
      return openIn(folder, '.', HOW.readFolder, guard);
    },
    openFile: (root, relative, guard) => {
      const segments = segmentsOf(relative);
      using folder = pass(root, segments.slice(0, -1), guard);
      return requireFile(openIn(folder, segments.at(-1) ?? '.', HOW.readFile, guard));
    },
  });
};

/** Refuses, and closes, what is no regular file or has a second name (attacks 102, 103). */
export const requireFile = (opened: Opened): Opened => {
  const { kind, links } = opened.facts;
  if (kind === 'file' && links === 1) return opened;
  opened[Symbol.dispose]();
  throw new Unavailable(kind === 'file' ? 'hard-linked file' : 'not a regular file');
};

const segmentsOf = (relative: string): readonly string[] =>
  relative === '' ? [] : relative.split('/');
