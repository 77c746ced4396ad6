import { bindNative, cString } from './libc.ts';

const native = bindNative('unlinkat', 'int unlinkat(int, const char*, int)');

/**
 * unlinkat(2): removes one file name from an open folder; never a folder.
 * @throws LinuxError
 */
export const unlinkat = (directory: number, name: string): void => {
  native(directory, cString(name), 0);
};
