/** What the attempts turn on. All of it is `doctor`'s own, so that nothing of anybody else moves. */
export interface Targets {
  /** A file that everybody may read and, by its mode, the user of a cell may write. */
  readonly file: string;
  readonly folder: string;
  /** The process that stands for the broker. */
  readonly pid: number;
  readonly tcpPort: number;
  readonly unixPath: string;
  /** A descriptor that `doctor` holds open on a secret, and that no child may inherit. */
  readonly descriptor: number;
}

/** A number or a string as it is, bytes, room for the kernel to write to, or what the call before answered. */
export type Argument =
  | number
  | string
  | { readonly bytes: readonly number[] }
  | { readonly room: number }
  | { readonly answer: true };

/** System calls, one after another until one fails, and the right of Landlock that they would use. */
export interface Attempt {
  readonly tried: string;
  readonly calls: readonly (readonly [call: string, ...values: Argument[]])[];
  readonly right?: string;
}

const HERE = -100;
const CHANNEL = 3;
const PAGE = 4096;
const FOLDER = 0o200000;
const CREATE_TO_WRITE = 0o101;
const NEW_USER_NAMESPACE = 0x10000000;
const CLOSE_ON_EXEC = 0o2000000;
const STREAM = 1 | CLOSE_ON_EXEC;
const DATAGRAM = 2 | CLOSE_ON_EXEC;
const RAW = 3 | CLOSE_ON_EXEC;
const FAMILY = { unix: 1, inet: 2, inet6: 10, netlink: 16, packet: 17 } as const;
const ROOM: Argument = { room: 512 };
const ANSWER: Argument = { answer: true };

const loopback = (port: number): Argument => ({
  bytes: [FAMILY.inet, 0, port >> 8, port & 0xff, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0],
});
const atPath = (path: string): Argument => ({ bytes: [FAMILY.unix, 0, ...Buffer.from(path), 0] });
const lengthOf = (address: Argument): number =>
  typeof address === 'object' && 'bytes' in address ? address.bytes.length : 0;

const connection = (tried: string, family: number, address: Argument): Attempt => ({
  tried,
  calls: [
    ['socket', family, STREAM, 0],
    ['connect', ANSWER, address, lengthOf(address)],
  ],
  right: 'connect_tcp',
});
const socket = (tried: string, family: number, type: number): Attempt => ({
  tried,
  calls: [['socket', family, type, 0]],
});

// Where nothing refuses it, each of these fails for a reason of its own, so that nothing happens then either:
// an empty name is no program, a child whose descriptor has nowhere to go is not born, address 0 is not mapped.
const onProcesses = ({ pid }: Targets, whom: string): readonly Attempt[] => [
  { tried: 'run a program', calls: [['execve', '', 0, 0]], right: 'execute' },
  { tried: 'fork', calls: [['clone', 0x1011, 0, 0, 0, 0]] },
  { tried: 'enter a new user namespace', calls: [['unshare', NEW_USER_NAMESPACE]] },
  { tried: `trace ${whom}`, calls: [['ptrace', 0x4206, pid, 0, 0]] },
  {
    tried: `read the memory of ${whom}`,
    calls: [['process_vm_readv', pid, ROOM, 1, ROOM, 1, 0]],
  },
];
const signal = ({ pid }: Targets, whom: string): Attempt => ({
  tried: `signal ${whom}`,
  calls: [['kill', pid, 0]],
  right: 'signal',
});
const onKernel: readonly Attempt[] = [
  { tried: 'map writable executable memory', calls: [['mmap', 0, PAGE, 7, 0x22, -1, 0]] },
  { tried: 'make an io_uring', calls: [['io_uring_setup', 0, 0]] },
  { tried: 'load a bpf program', calls: [['bpf', 5, ROOM, 0]] },
  { tried: 'handle page faults', calls: [['userfaultfd', 0xffff]] },
  { tried: 'mount a file system', calls: [['mount', '', '', '', 0, 0]] },
];
const openFile = (file: string): Attempt => ({
  tried: 'open a file',
  calls: [['openat', HERE, file, CLOSE_ON_EXEC]],
  right: 'read_file',
});
const listFolder = (folder: string): Attempt => ({
  tried: 'list a folder',
  calls: [
    ['openat', HERE, folder, FOLDER | CLOSE_ON_EXEC],
    ['getdents64', ANSWER, ROOM, 512],
  ],
  right: 'read_dir',
});

/** What a cell tries whose attacker has every system call in hand (attacks 204 to 206, 211). */
export const cellAttempts = (targets: Targets): readonly Attempt[] => {
  const { file, folder, pid, tcpPort, unixPath, descriptor } = targets;
  const unix = atPath(unixPath);
  return [
    openFile(file),
    listFolder(folder),
    { tried: 'stat a file', calls: [['newfstatat', HERE, file, ROOM, 0]] },
    { tried: 'chmod a file', calls: [['fchmodat', HERE, file, 0o666]] },
    { tried: 'rename a file', calls: [['renameat2', HERE, file, HERE, `${file}.moved`, 0]] },
    { tried: 'cut a file', calls: [['truncate', file, 0]] },
    connection('connect over tcp', FAMILY.inet, loopback(tcpPort)),
    connection('connect to a unix socket', FAMILY.unix, unix),
    {
      tried: 'connect its channel elsewhere',
      calls: [['connect', CHANNEL, unix, lengthOf(unix)]],
    },
    { tried: 'send a descriptor over its channel', calls: [['sendmsg', CHANNEL, ROOM, 0]] },
    ...onProcesses(targets, 'the broker'),
    signal(targets, 'the broker'),
    ...onKernel,
    { tried: 'make memory executable', calls: [['mprotect', 0, PAGE, 5]] },
    { tried: 'make a file in memory', calls: [['memfd_create', '', 0xffffffff]] },
    { tried: 'become dumpable', calls: [['prctl', 4, 7, 0, 0, 0]] },
    {
      tried: 'read its own /proc',
      calls: [['openat', HERE, '/proc/self/maps', 0]],
      right: 'read_file',
    },
    {
      tried: 'read the environment of the broker in /proc',
      calls: [['openat', HERE, `/proc/${pid}/environ`, 0]],
      right: 'read_file',
    },
    { tried: 'inherit a descriptor', calls: [['read', descriptor, ROOM, 64]] },
  ];
};

/** What the broker tries outside of its folders, ports and kinds of socket. */
export const brokerAttempts = (targets: Targets): readonly Attempt[] => [
  openFile(targets.file),
  listFolder(targets.folder),
  {
    tried: 'make a file',
    calls: [['openat', HERE, `${targets.folder}/new`, CREATE_TO_WRITE, 0o600]],
    right: 'make_reg',
  },
  connection('connect to a port of no peer', FAMILY.inet, loopback(targets.tcpPort)),
  socket('open an inet6 socket', FAMILY.inet6, STREAM),
  socket('open a netlink socket', FAMILY.netlink, RAW),
  socket('open a packet socket', FAMILY.packet, RAW),
  socket('open an internet datagram socket', FAMILY.inet, DATAGRAM),
  socket('open a raw internet socket', FAMILY.inet, RAW),
  ...onProcesses(targets, 'another process'),
  signal(targets, 'another process'),
  ...onKernel,
];

/** What the spawner tries, and so every cell from its first instruction on. */
export const spawnerAttempts = (targets: Targets): readonly Attempt[] => [
  openFile(targets.file),
  listFolder(targets.folder),
  {
    tried: 'make a file',
    calls: [['openat', HERE, `${targets.folder}/new`, CREATE_TO_WRITE, 0o600]],
    right: 'make_reg',
  },
  socket('open an internet socket', FAMILY.inet, STREAM),
  socket('open a netlink socket', FAMILY.netlink, RAW),
  ...onProcesses(targets, 'the broker').filter(
    ({ tried }) => tried !== 'run a program' && tried !== 'fork',
  ),
  signal(targets, 'the broker'),
  ...onKernel,
];
