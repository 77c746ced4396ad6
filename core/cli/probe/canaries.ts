import { basename } from 'node:path';
import { changedPaths, type FolderState, folderState } from './folder-state.ts';
import { openListeners } from './listeners.ts';
import type { RangeFolder } from './range-folder.ts';
import { secretsIn } from './secret.ts';
import { makeTripwire } from './tripwire.ts';

/** Something that a script moved. */
export interface CanaryMove {
  readonly canary: string;
  readonly what: string;
}

/** The planted canaries, watched from `arm` to `moves`. */
export interface Canaries {
  /** Where they are. Scripts are told, so that nobody has to search for what to touch. */
  readonly places: Readonly<Record<string, string | number>>;
  /** Takes everything as it is for what it has to be. */
  arm(): void;
  /** What moved since; `told` is all that the script could make anybody say. */
  moves(told: string): readonly CanaryMove[];
  close(): Promise<void>;
}

export const plantCanaries = async (folder: RangeFolder): Promise<Canaries> => {
  const { secretFile, listener, watched, secrets } = folder;
  const listeners = await openListeners(listener);
  const tripwire = makeTripwire(secretFile);
  const state = (): FolderState =>
    new Map(watched.flatMap((each) => [...folderState(each, secretFile)]));
  let before: FolderState = new Map();

  return Object.freeze<Canaries>({
    places: {
      environment: 'SECAI_CANARY',
      file: secretFile,
      unix_socket: listener,
      tcp_socket: listeners.port,
    },
    arm: () => {
      listeners.take();
      tripwire.arm();
      before = state();
    },
    moves: (told) => {
      const moves: CanaryMove[] = [];
      if (tripwire.wasRead()) moves.push({ canary: 'file', what: 'it was read' });
      for (const path of changedPaths(before, state())) {
        moves.push({ canary: 'file', what: `\`${basename(path)}\` changed` });
      }
      const visits = listeners.take();
      for (const { canary } of visits) moves.push({ canary, what: 'somebody connected' });
      const everything = [told, ...visits.map(({ sent }) => sent())].join('\n');
      for (const canary of secretsIn(everything, secrets)) {
        moves.push({ canary, what: 'its secret was told' });
      }
      return moves;
    },
    close: () => listeners.close(),
  });
};
