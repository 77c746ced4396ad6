// What nobody behind the wall may make the kernel do, as groups of system calls: an answer without an errno is
// an escape. The list stands here on its own and is not read from the profile of the cell, so that a hole in
// that one is seen and not believed.
const GROUPS: Readonly<Record<string, string>> = {
  files: `open openat openat2 creat open_by_handle_at name_to_handle_at stat lstat statx newfstatat access
    faccessat faccessat2 readlink readlinkat getdents getdents64 chdir fchdir chroot getcwd rename renameat
    renameat2 mkdir mkdirat rmdir link linkat unlink unlinkat symlink symlinkat mknod mknodat chmod fchmod fchmodat
    fchmodat2 chown fchown fchownat lchown utime utimes utimensat futimesat truncate ftruncate fallocate setxattr
    lsetxattr fsetxattr getxattr lgetxattr fgetxattr listxattr removexattr flock inotify_init inotify_init1
    inotify_add_watch fanotify_init memfd_create memfd_secret sendfile copy_file_range splice tee vmsplice`,
  sockets: `socket socketpair connect bind listen accept accept4 sendto sendmsg sendmmsg recvfrom recvmsg
    recvmmsg getsockopt setsockopt`,
  programs: 'execve execveat fork vfork clone3 unshare setns wait4 waitid setsid setpgid',
  processes: `ptrace process_vm_readv process_vm_writev process_madvise process_mrelease pidfd_open
    pidfd_getfd pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo kcmp migrate_pages move_pages`,
  kernel: `io_uring_setup io_uring_enter io_uring_register bpf userfaultfd perf_event_open init_module
    finit_module delete_module kexec_load kexec_file_load reboot syslog iopl ioperm modify_ldt mount umount2
    pivot_root move_mount open_tree fsopen fsmount fspick fsconfig mount_setattr swapon swapoff sethostname
    setdomainname clock_settime settimeofday adjtimex clock_adjtime acct quotactl add_key request_key keyctl
    landlock_create_ruleset landlock_add_rule landlock_restrict_self seccomp personality shmget shmat msgget
    semget mq_open`,
  rights: `setuid setgid setreuid setregid setresuid setresgid setfsuid setfsgid setgroups capset setrlimit
    prlimit64`,
};

const GROUP_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(GROUPS).flatMap(([group, names]) =>
    names.split(/\s+/).map((name) => [name, group] as const),
  ),
);

/** One call as it was made: integers of its arguments, null for an address. */
export interface MadeCall {
  readonly call: string;
  readonly args: readonly (number | null)[];
}

const PTHREAD_FLAGS = 0x003d0f00;
const PROT_EXEC = 4;

/** The group in which this call is forbidden; undefined for one that a locked cell may make. */
export const forbiddenGroup = ({ call, args }: MadeCall, ownPid: number): string | undefined => {
  switch (call) {
    // Threads are made like this, and nothing else.
    case 'clone':
      return args[0] === PTHREAD_FLAGS ? undefined : 'programs';
    case 'kill':
    case 'tkill':
      return 'processes';
    case 'tgkill':
      return args[0] === ownPid ? undefined : 'processes';
    case 'mmap':
    case 'mprotect':
    case 'pkey_mprotect':
      return ((args[2] ?? 0) & PROT_EXEC) === 0 ? undefined : 'memory';
    default:
      // A number without a name is one of another entry, x32 among them: none of those is served.
      return /^\d+$/.test(call) ? 'unknown' : GROUP_OF.get(call);
  }
};
