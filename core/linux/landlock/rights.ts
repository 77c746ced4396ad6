/** What Landlock can refuse about files, at the place of its bit (linux/landlock.h). */
export const FS_RIGHTS = [
  'execute',
  'write_file',
  'read_file',
  'read_dir',
  'remove_dir',
  'remove_file',
  'make_char',
  'make_dir',
  'make_reg',
  'make_sock',
  'make_fifo',
  'make_block',
  'make_sym',
  'refer',
  'truncate',
  'ioctl_dev',
] as const;
export type FsRight = (typeof FS_RIGHTS)[number];

/** What it can refuse about TCP, at the place of its bit. */
export const NET_RIGHTS = ['bind_tcp', 'connect_tcp'] as const;
export type NetRight = (typeof NET_RIGHTS)[number];

/** What it can keep inside the restricted processes, at the place of its bit. */
export const SCOPES = ['abstract_unix_socket', 'signal'] as const;
export type Scope = (typeof SCOPES)[number];

export type LandlockRight = FsRight | NetRight | Scope;
export const LANDLOCK_RIGHTS: readonly LandlockRight[] = [...FS_RIGHTS, ...NET_RIGHTS, ...SCOPES];

/** The rights that make sense for a path that is no folder; the kernel refuses a rule with others. */
export const FILE_RIGHTS: readonly FsRight[] = [
  'execute',
  'write_file',
  'read_file',
  'truncate',
  'ioctl_dev',
];

/** The version of the kernel's interface from which on it knows a right; 1 where none is named. */
const SINCE: ReadonlyMap<LandlockRight, number> = new Map([
  ['refer', 2],
  ['truncate', 3],
  ['bind_tcp', 4],
  ['connect_tcp', 4],
  ['ioctl_dev', 5],
  ['abstract_unix_socket', 6],
  ['signal', 6],
]);

/** Whether a kernel with this version of the interface can refuse the right. */
const isKnown = (right: LandlockRight, abi: number): boolean => abi >= (SINCE.get(right) ?? 1);

/** The rights that a kernel with this version of the interface cannot refuse; all of them at 0. */
export const missingRights = (abi: number): readonly LandlockRight[] =>
  LANDLOCK_RIGHTS.filter((right) => !isKnown(right, abi));

/** Bits of those rights of a list that the kernel knows. */
export const bitsOf = <Right extends LandlockRight>(
  all: readonly Right[],
  rights: readonly Right[],
  abi: number,
): bigint =>
  all.reduce(
    (bits, right, place) =>
      rights.includes(right) && isKnown(right, abi) ? bits | (1n << BigInt(place)) : bits,
    0n,
  );
