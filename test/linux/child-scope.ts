import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { elfInterpreter } from '../../core/linux/landlock/elf-interpreter.ts';
import { landlockRules, parseLandlockProfile } from '../../core/linux/landlock/landlock-profile.ts';
import type { LandlockRules } from '../../core/linux/landlock/restrict-self.ts';
import { runtimePlaces } from '../../core/linux/landlock/runtime-places.ts';
import { bindRawSyscall } from '../../core/linux/raw-syscall.ts';
import { PACKAGE_ROOT } from '../../core/vocabulary/package-root.ts';

// What an act of `inChild` may use: it arrives in its process without the imports of its file.
export * as childProcess from 'node:child_process';
export * as fs from 'node:fs';
export * as fsPromises from 'node:fs/promises';
export * as net from 'node:net';
export { pinToCore } from '../../core/linux/affinity.ts';
export { closeOnExecFrom } from '../../core/linux/close-range.ts';
export { describeDescriptors } from '../../core/linux/descriptors.ts';
export { landlockAbi } from '../../core/linux/landlock/landlock-abi.ts';
export { restrictSelf } from '../../core/linux/landlock/restrict-self.ts';
export { makePipe } from '../../core/linux/pipe.ts';
export { dropBoundingSet, dropGroups, dropInheritableSet } from '../../core/linux/privileges.ts';
export {
  denyWriteExecute,
  forbidCoreDumps,
  processControls,
  setNoNewPrivileges,
  setNotDumpable,
} from '../../core/linux/process-controls.ts';
export { bindRawSyscall };

/** The shipped profile of one kind of process, with this node and this program in place. */
export const shippedRules = (
  name: 'cell' | 'spawner' | 'broker',
  places: Readonly<Record<string, readonly string[]>>,
  ports: Readonly<Record<string, readonly number[]>>,
): LandlockRules => {
  const file = join(PACKAGE_ROOT, 'sandbox-profiles/landlock', `${name}.json`);
  const runtime = runtimePlaces({
    node: process.execPath,
    loader: elfInterpreter(process.execPath),
    arch: process.arch,
  });
  const program = ['dist', 'node_modules', 'package.json'].map((path) => join(PACKAGE_ROOT, path));
  return landlockRules(
    parseLandlockProfile(JSON.parse(readFileSync(file, 'utf8'))),
    new Map([...runtime, ['@program', program], ...Object.entries(places)]),
    new Map(Object.entries(ports)),
  );
};

/**
 * Root becomes an ordinary user: after the program is loaded, which may lie where only root can read. To
 * the kernel such a process is no longer dumpable, as one that started as that user is.
 */
export const becomeNobody = (): void => {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
  bindRawSyscall()(process.arch === 'x64' ? 157 : 167, PR_SET_DUMPABLE, 1);
};
const NOBODY = 65_534;
const PR_SET_DUMPABLE = 4;

/** errno's name of what `act` throws, `allowed` when it does not. */
export const outcome = (act: () => unknown): string => {
  try {
    act();
    return 'allowed';
  } catch (thrown) {
    return String(Object(thrown).code);
  }
};

/** The same for what is answered later. */
export const laterOutcome = async (act: () => Promise<unknown>): Promise<string> => {
  try {
    await act();
    return 'allowed';
  } catch (thrown) {
    return String(Object(thrown).code);
  }
};
