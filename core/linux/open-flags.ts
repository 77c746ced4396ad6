import { constants } from 'node:fs';

type OpenFlag =
  | 'readOnly'
  | 'writeOnly'
  | 'create'
  | 'exclusive'
  | 'directory'
  | 'noFollow'
  | 'noControllingTerminal'
  | 'nonBlocking'
  | 'closeOnExec'
  | 'pathOnly';

/** Flags of open(2). Node knows the numbers that differ between x86-64 and arm64. */
export const OPEN: Readonly<Record<OpenFlag, number>> = {
  readOnly: constants.O_RDONLY,
  writeOnly: constants.O_WRONLY,
  create: constants.O_CREAT,
  exclusive: constants.O_EXCL,
  directory: constants.O_DIRECTORY,
  noFollow: constants.O_NOFOLLOW,
  noControllingTerminal: constants.O_NOCTTY,
  nonBlocking: constants.O_NONBLOCK,
  // The same number on both architectures, and unknown to Node.
  closeOnExec: 0o2000000,
  pathOnly: 0o10000000,
};

/** `resolve` of openat2(2): what a lookup may not pass through. */
export const RESOLVE = {
  noMountCrossing: 0x01,
  noMagicLinks: 0x02,
  noSymlinks: 0x04,
  beneath: 0x08,
} as const;

/** In place of a directory descriptor: a path that is absolute, or relative to the current folder. */
export const CURRENT_FOLDER = -100;
