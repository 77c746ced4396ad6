import { closeSync, readFileSync } from 'node:fs';
import { bindNative, cString } from './libc.ts';
import { LinuxError } from './linux-error.ts';
import { OPEN, RESOLVE } from './open-flags.ts';
import type { OpenHow } from './openat2.ts';

const openat = bindNative('openat2', 'int openat(int, const char*, int, unsigned int)');
const PASS = OPEN.pathOnly | OPEN.directory | OPEN.noFollow | OPEN.closeOnExec;
const NO_LINKS = RESOLVE.noSymlinks | RESOLVE.noMagicLinks;
const KNOWN = NO_LINKS | RESOLVE.beneath | RESOLVE.noMountCrossing;

/**
 * What openat2(2) does where links are forbidden, by one openat(2) a segment, each in the folder that the
 * last one opened. For where openat2 is answered with ENOSYS: systemd's RestrictSUIDSGID does that, since
 * no filter can read the mode in its structure, and DynamicUser turns it on.
 * @throws LinuxError; ENOSYS for rules that are not kept here
 */
export const openSegments = (directory: number, path: string, how: OpenHow): number => {
  // The attacker controls names, what lies on disk, and when it changes. Nothing is checked by name: each
  // segment is opened once, and a link is refused by the kernel in that very call, or opened itself where
  // O_PATH asks for that. `..` could leave the folder. The mount is asked of what was opened.
  const { flags, mode, resolve } = how;
  if ((flags & OPEN.noFollow) === 0 || (resolve & NO_LINKS) !== NO_LINKS || resolve > KNOWN)
    throw new LinuxError('openat2', 'ENOSYS');
  const isAbsolute = path.startsWith('/');
  const segments = segmentsOf(isAbsolute ? path.slice(1) : path, isAbsolute);
  const leaves = segments.includes('..') || isAbsolute;
  if (leaves && (resolve & RESOLVE.beneath) !== 0) throw new LinuxError('openat2', 'EXDEV');

  let folder = openat(directory, isAbsolute ? '/' : '.', PASS, 0);
  try {
    const mount = (resolve & RESOLVE.noMountCrossing) === 0 ? undefined : mountOf(folder);
    for (const segment of segments.slice(0, -1)) {
      const next = openOn(mount, folder, segment, PASS, 0);
      closeSync(folder);
      folder = next;
    }
    return openOn(mount, folder, segments.at(-1) ?? '.', flags, mode);
  } finally {
    closeSync(folder);
  }
};

const segmentsOf = (path: string, isAbsolute: boolean): readonly string[] => {
  if (path === '' && isAbsolute) return [];
  const segments = cString(path).split('/');
  if (segments.includes('')) throw new LinuxError('openat2', path === '' ? 'ENOENT' : 'EINVAL');
  return segments;
};

const openOn = (
  mount: string | undefined,
  folder: number,
  name: string,
  flags: number,
  mode: number,
): number => {
  const opened = openat(folder, name, flags, mode);
  if (mount === undefined || mountOf(opened) === mount) return opened;
  closeSync(opened);
  throw new LinuxError('openat2', 'EXDEV');
};

/** The mount that an open object was reached through; an answer that differs from every other where unknown. */
const mountOf = (descriptor: number): string => {
  const facts = readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1');
  return /^mnt_id:\s+(\d+)$/m.exec(facts)?.[1] ?? `unknown mount of ${descriptor}`;
};
