// Attacks 204 and 211: every way to a file, by raw system calls. `victim` is a file to turn on.
const file = globalThis.victim ?? '/tmp/secai-owned-victim';
const HERE = -100;
const CHANNEL = 3;
const room = new Uint8Array(256);
const how = new Uint8Array(24);
const times = new Uint8Array(32);

const tried = (label, name, ...values) => {
  const number = numbers.get(name);
  if (number === undefined) return;
  const { value, errno } = syscall(number, ...values);
  report(`${label}: ${errno ?? `done ${value}`}`);
};

// opening, by each call that there is
tried('open', 'open', file, 0);
tried('openat', 'openat', HERE, file, 0);
tried('openat of a folder', 'openat', HERE, '/', 0o200000);
tried('openat as a mere path', 'openat', HERE, file, 0o10000000);
tried('openat of an unnamed file', 'openat', HERE, '/tmp', 0o20200002, 0o600);
tried('openat of the own memory', 'openat', HERE, '/proc/self/mem', 2);
tried("openat of the parent's environment", 'openat', HERE, `/proc/${process.ppid}/environ`, 0);
tried('openat2', 'openat2', HERE, file, how, how.length);
tried('creat', 'creat', `${file}.new`, 0o600);
tried('name_to_handle_at', 'name_to_handle_at', HERE, file, room, room, 0);
tried('open_by_handle_at', 'open_by_handle_at', CHANNEL, room, 0);
tried('open_tree', 'open_tree', HERE, '/', 1);
tried('fsopen', 'fsopen', 'tmpfs', 0);
tried('mq_open', 'mq_open', 'secai', 0o102, 0o600, 0);
tried('uselib', 'uselib', file);

// asking
tried('stat', 'stat', file, room);
tried('lstat', 'lstat', file, room);
tried('newfstatat', 'newfstatat', HERE, file, room, 0);
tried('statx', 'statx', HERE, file, 0, 0xfff, room);
tried('access', 'access', file, 0);
tried('faccessat', 'faccessat', HERE, file, 0);
tried('faccessat2', 'faccessat2', HERE, file, 0, 0);
tried('readlink', 'readlink', '/proc/self/exe', room, room.length);
tried('readlinkat', 'readlinkat', HERE, '/proc/self/exe', room, room.length);
tried('statfs', 'statfs', '/', room);
tried('getcwd', 'getcwd', room, room.length);
tried('getdents64', 'getdents64', CHANNEL, room, room.length);
tried('getxattr', 'getxattr', file, 'user.secai', room, room.length);
tried('listxattr', 'listxattr', file, room, room.length);
tried('inotify_init1', 'inotify_init1', 0);
tried('fanotify_init', 'fanotify_init', 0, 0);

// what Landlock does not cover
tried('chmod', 'chmod', file, 0o777);
tried('fchmod', 'fchmod', CHANNEL, 0o777);
tried('fchmodat', 'fchmodat', HERE, file, 0o777);
tried('fchmodat2', 'fchmodat2', HERE, file, 0o777, 0);
tried('chown', 'chown', file, 1, 1);
tried('lchown', 'lchown', file, 1, 1);
tried('fchown', 'fchown', CHANNEL, 1, 1);
tried('fchownat', 'fchownat', HERE, file, 1, 1, 0);
tried('setxattr', 'setxattr', file, 'user.secai', room, 1, 0);
tried('removexattr', 'removexattr', file, 'user.secai');
tried('utime', 'utime', file, 0);
tried('utimes', 'utimes', file, 0);
tried('utimensat', 'utimensat', HERE, file, times, 0);
tried('futimesat', 'futimesat', HERE, file, 0);
tried('flock', 'flock', CHANNEL, 5);
tried('lock by fcntl', 'fcntl', CHANNEL, 6, times);
tried('chdir', 'chdir', '/');
tried('fchdir', 'fchdir', CHANNEL);
tried('umask', 'umask', 0o77);

// changing
tried('rename', 'rename', file, `${file}.moved`);
tried('renameat', 'renameat', HERE, file, HERE, `${file}.moved`);
tried('renameat2', 'renameat2', HERE, file, HERE, `${file}.moved`, 0);
tried('link', 'link', file, `${file}.linked`);
tried('linkat', 'linkat', HERE, file, HERE, `${file}.linked`, 0);
tried('symlink', 'symlink', '/', `${file}.symbolic`);
tried('symlinkat', 'symlinkat', '/', HERE, `${file}.symbolic`);
tried('mkdir', 'mkdir', `${file}.folder`, 0o700);
tried('mkdirat', 'mkdirat', HERE, `${file}.folder`, 0o700);
tried('mknod', 'mknod', `${file}.pipe`, 0o010600, 0);
tried('mknodat', 'mknodat', HERE, `${file}.pipe`, 0o010600, 0);
tried('truncate', 'truncate', file, 0);
tried('ftruncate', 'ftruncate', CHANNEL, 0);
tried('fallocate', 'fallocate', CHANNEL, 0, 0, 1);
tried('unlink', 'unlink', file);
tried('unlinkat', 'unlinkat', HERE, file, 0);
tried('rmdir', 'rmdir', `${file}.folder`);
tried('sendfile', 'sendfile', CHANNEL, CHANNEL, 0, 1);
tried('splice', 'splice', CHANNEL, 0, CHANNEL, 0, 1, 0);
tried('copy_file_range', 'copy_file_range', CHANNEL, 0, CHANNEL, 0, 1, 0);
tried('ioctl', 'ioctl', CHANNEL, 0x5412, room);
tried('sync', 'sync');
tried('fsync', 'fsync', CHANNEL);

// file systems
tried('mount', 'mount', 'none', file, 'tmpfs', 0, 0);
tried('umount2', 'umount2', `${file}.folder`, 0);
tried('move_mount', 'move_mount', HERE, file, HERE, file, 0);
tried('pivot_root', 'pivot_root', `${file}.folder`, `${file}.folder`);
tried('chroot', 'chroot', `${file}.folder`);
tried('swapon', 'swapon', `${file}.folder`, 0);
tried('acct', 'acct', `${file}.folder`);
tried('quotactl', 'quotactl', 0, 0, 0, 0);
tried('landlock_create_ruleset', 'landlock_create_ruleset', 0, 0, 1);
