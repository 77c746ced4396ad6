import { landlockAbi } from '../linux/landlock/landlock-abi.ts';
import { landlockRules, parseLandlockProfile } from '../linux/landlock/landlock-profile.ts';
import { programPlaces } from '../linux/landlock/program-places.ts';
import { restrictSelf } from '../linux/landlock/restrict-self.ts';
import { dropBoundingSet, dropInheritableSet } from '../linux/privileges.ts';
import {
  denyWriteExecute,
  forbidCoreDumps,
  setNoNewPrivileges,
  setNotDumpable,
} from '../linux/process-controls.ts';
import { readKernelProfile } from '../linux/read-kernel-profile.ts';
import { compileSeccomp } from '../linux/seccomp/compile-seccomp.ts';
import { installSeccomp } from '../linux/seccomp/install-seccomp.ts';
import { parseSeccompProfile } from '../linux/seccomp/seccomp-profile.ts';
import { thisArchitecture } from '../linux/this-architecture.ts';
import type { KernelLayer } from '../protocol/messages.ts';
import { reasonOf } from './reason-of.ts';

/** What the spawner has put up around itself and so around every cell that it will ever start. */
export interface SpawnerLock {
  readonly layers: readonly KernelLayer[];
  readonly landlockAbi: number;
  /** Why a layer is not there; empty where all are. */
  readonly failures: readonly { readonly layer: KernelLayer; readonly reason: string }[];
}

/**
 * Puts up what a cell must inherit, in the order in which each still may be put up. It runs in the main thread,
 * from which every cell is forked, and for good: the spawner itself is bound by it too.
 *
 * The bounding set goes before Landlock and never back: as root, a cell's user gains nothing by any exec; an
 * ordinary user has no set to give up, and no_new_privs holds there alone.
 * @param readable folders besides the program's own
 */
export const lockSpawner = (readable: readonly string[]): SpawnerLock => {
  const layers: KernelLayer[] = [];
  const failures: { layer: KernelLayer; reason: string }[] = [];
  const put = (layer: KernelLayer, up: () => void): void => {
    try {
      up();
      layers.push(layer);
    } catch (thrown) {
      failures.push({ layer, reason: reasonOf(thrown) });
    }
  };
  const filter = readKernelProfile('seccomp', 'spawner');
  const rules = readKernelProfile('landlock', 'spawner');
  const abi = landlockAbi();

  put('no_new_privs', setNoNewPrivileges);
  put('mdwe', () => denyWriteExecute({ inherited: true }));
  put('not_dumpable', setNotDumpable);
  put('no_core', forbidCoreDumps);
  put('seccomp', () => putFilter(filter));
  dropBoundingSet();
  dropInheritableSet();
  put('landlock', () => restrictSelf(rulesOf(rules, readable), abi));
  return { layers, landlockAbi: abi, failures };
};

const putFilter = (profile: unknown): void => {
  const machine = { architecture: thisArchitecture(), ownPid: process.pid };
  installSeccomp(compileSeccomp(parseSeccompProfile(profile), machine));
};

/** Below the package: what runs, and the profiles by which a cell locks itself. */
const PROGRAM: readonly string[] = ['dist', 'sandbox-profiles', 'package.json'];

const rulesOf = (
  profile: unknown,
  readable: readonly string[],
): Parameters<typeof restrictSelf>[0] => {
  const places = programPlaces(PROGRAM);
  const program = [...(places.get('@program') ?? []), ...readable];
  return landlockRules(
    parseLandlockProfile(profile),
    new Map([...places, ['@program', program]]),
    new Map(),
  );
};
