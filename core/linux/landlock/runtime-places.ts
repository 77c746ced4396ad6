/** Where the shared libraries lie; a folder that a distribution lacks is left out when rules are made. */
const LIBRARIES: ReadonlyMap<string, readonly string[]> = new Map([
  ['x64', ['/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib64', '/usr/lib64']],
  ['arm64', ['/lib/aarch64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/lib64', '/usr/lib64']],
]);

/** The loader where the binary names none. */
const LOADERS: ReadonlyMap<string, string> = new Map([
  ['x64', '/lib64/ld-linux-x86-64.so.2'],
  ['arm64', '/lib/ld-linux-aarch64.so.1'],
]);

/** What a starting node and its C library open besides: none of it says more than what the machine is. */
const READ_AT_START: readonly string[] = [
  '/etc/ld.so.cache',
  '/etc/localtime',
  '/etc/ssl/openssl.cnf',
  '/usr/share/zoneinfo',
  '/dev/urandom',
  '/proc/meminfo',
  '/proc/sys/vm/overcommit_memory',
  '/sys/devices/system/cpu/online',
];

interface Runtime {
  /** The node binary, `process.execPath`. */
  readonly node: string;
  /** What `elfInterpreter` found in it. */
  readonly loader: string | undefined;
  /** `process.arch`. */
  readonly arch: string;
}

/** What `@node`, `@loader` and `@runtime` of a Landlock profile stand for. */
export const runtimePlaces = ({
  node,
  loader,
  arch,
}: Runtime): ReadonlyMap<string, readonly string[]> => {
  const named = loader ?? LOADERS.get(arch);
  const loaders = named === undefined ? [] : [named];
  return new Map([
    ['@node', [node]],
    ['@loader', loaders],
    ['@runtime', [node, ...loaders, ...(LIBRARIES.get(arch) ?? []), ...READ_AT_START]],
  ]);
};
