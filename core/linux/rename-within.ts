import { bindNative, cString } from './libc.ts';

const RENAME_NOREPLACE = 1;

const native = bindNative(
  'renameat2',
  'int renameat2(int, const char*, int, const char*, unsigned int)',
);

/**
 * renameat2(2) within one folder. With `replace: false` the kernel refuses (EEXIST) when `to` exists.
 * @throws LinuxError
 */
export const renameWithin = (
  directory: number,
  from: string,
  to: string,
  { replace }: { readonly replace: boolean },
): void => {
  const flags = replace ? 0 : RENAME_NOREPLACE;
  native(directory, cString(from), directory, cString(to), flags);
};
