/** What an act of `inChild` may use: it arrives in its process without the imports of its file. */
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
export { dropBoundingSet, dropGroups } from '../../core/linux/privileges.ts';
export {
  denyWriteExecute,
  forbidCoreDumps,
  processControls,
  setNoNewPrivileges,
  setNotDumpable,
} from '../../core/linux/process-controls.ts';
export { bindRawSyscall } from '../../core/linux/raw-syscall.ts';

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
