import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compileSeccomp } from '../../../core/linux/seccomp/compile-seccomp.ts';
import { syscallNumbers } from '../../../core/linux/seccomp/syscall-numbers.ts';
import { interpret } from './bpf-interpreter.ts';
import { ALLOW, AUDIT_ARCH, errno, KILL } from './reference-verdict.ts';
import { OWN_PID, SHIPPED, shippedFilter, shippedProfile } from './shipped-filter.ts';

const EPERM = errno(1);
const ENOSYS = errno(38);
const HIGH = 1n << 32n;
const THREAD = 0x003d0f00;
const SIGCHLD = 17;
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

// The lists stand here a second time on purpose: a change of a profile is a change of what the wall is.
const CELL_ANY_ARGUMENTS = words(`
  read write writev munmap madvise mremap brk futex epoll_pwait epoll_ctl close fstat getpid gettid
  rt_sigprocmask rt_sigaction rt_sigreturn sigaltstack clock_gettime clock_nanosleep nanosleep
  restart_syscall sched_yield sched_getaffinity sched_getparam sched_getscheduler set_robust_list rseq
  exit exit_group getrandom`);
const CELL_BY_ARGUMENTS = words('mprotect mmap fcntl clone prctl tgkill kill');
const SPAWNER_ENOSYS = words('io_uring_setup io_uring_register clone3');
const SPAWNER_BY_ARGUMENTS = words('clone socket socketpair');
const SPAWNER_REFUSED = words(`
  ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp pidfd_getfd
  bpf userfaultfd perf_event_open modify_ldt personality remap_file_pages memfd_create memfd_secret execveat
  name_to_handle_at open_by_handle_at fanotify_init fanotify_mark mknod mknodat vmsplice move_pages
  migrate_pages mbind set_mempolicy unshare setns
  mount umount2 pivot_root chroot move_mount open_tree open_tree_attr fsopen fsconfig fsmount fspick
  mount_setattr statmount listmount init_module finit_module delete_module create_module get_kernel_syms
  query_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl quotactl_fd nfsservctl syslog
  sethostname setdomainname settimeofday clock_settime clock_adjtime adjtimex iopl ioperm vhangup
  lookup_dcookie uselib _sysctl sysfs ustat add_key request_key keyctl
  shmget shmat shmctl shmdt semget semop semctl semtimedop msgget msgsnd msgrcv msgctl
  mq_open mq_unlink mq_timedsend mq_timedreceive mq_notify mq_getsetattr`);
const BROKER_ANY_ARGUMENTS = words(`
  futex epoll_pwait read write madvise munmap mremap brk writev readv pread64 pwrite64 preadv pwritev close
  lseek epoll_ctl epoll_create1 eventfd2 pipe2 dup dup3 poll ppoll openat openat2 stat lstat fstat newfstatat
  statx statfs fstatfs access faccessat faccessat2 getdents64 readlink readlinkat getcwd
  fsync fdatasync truncate ftruncate fallocate flock rename renameat renameat2 unlink unlinkat mkdir mkdirat
  rmdir chmod fchmod fchmodat umask bind listen accept accept4 connect shutdown getsockname getpeername
  getsockopt recvfrom recvmsg getpid getppid gettid getuid geteuid getgid getegid getgroups capget getrusage
  getrlimit sysinfo times uname getpriority getcpu clock_gettime clock_getres clock_nanosleep nanosleep
  gettimeofday time restart_syscall sched_yield sched_getaffinity sched_getparam sched_getscheduler membarrier
  rt_sigprocmask rt_sigaction rt_sigreturn rt_sigpending sigaltstack set_robust_list rseq getrandom wait4
  waitid pidfd_send_signal exit exit_group`);
const BROKER_BY_ARGUMENTS =
  words(`mprotect mmap fcntl ioctl socket socketpair setsockopt sendto sendmsg
  prlimit64 prctl clone tgkill kill`);
const BROKER_ENOSYS = words('clone3 io_uring_setup io_uring_enter io_uring_register');

for (const architecture of ['x64', 'arm64'] as const) {
  const cell = shippedFilter('cell', architecture);
  const spawner = shippedFilter('spawner', architecture);
  const broker = shippedFilter('broker', architecture);
  const noRing = shippedFilter('no-ring', architecture);
  const calls = [...syscallNumbers(architecture).keys()];
  // Arguments that no rule of any shipped profile allows.
  const wrong = [HIGH, HIGH, HIGH + 4n, HIGH, HIGH, HIGH];

  describe(`on ${architecture}`, () => {
    it('each call of the table has its answer in a cell', () => {
      for (const call of calls) {
        const expected = CELL_ANY_ARGUMENTS.includes(call)
          ? ALLOW
          : call === 'clone3'
            ? ENOSYS
            : EPERM;
        assert.equal(cell(call, ...wrong), expected, call);
        if (!CELL_BY_ARGUMENTS.includes(call)) assert.equal(cell(call), expected, call);
      }
    });

    it('a cell makes threads and no processes or namespaces', () => {
      assert.equal(cell('clone', THREAD), ALLOW);
      for (const flags of [0, SIGCHLD, THREAD | 0x10000000, THREAD & ~0x10000, 0x4111]) {
        assert.equal(cell('clone', flags), EPERM, String(flags));
      }
      assert.equal(cell('clone', BigInt(THREAD) | HIGH), EPERM);
    });

    it('a cell signals itself alone', () => {
      assert.equal(cell('kill', OWN_PID, 9), ALLOW);
      assert.equal(cell('tgkill', OWN_PID, 1, 6), ALLOW);
      for (const pid of [
        0,
        1,
        OWN_PID + 1,
        0xffffffff,
        0xffffffffffffffffn,
        BigInt(OWN_PID) | HIGH,
      ]) {
        assert.equal(cell('kill', pid, 9), EPERM);
        assert.equal(cell('tgkill', pid, 1, 9), EPERM);
      }
      for (const signal of [0, 15, 9n | HIGH]) assert.equal(cell('kill', OWN_PID, signal), EPERM);
    });

    it('no signal leaves a cell through a descriptor that was given an owner', () => {
      const [F_DUPFD, F_GETFL, F_SETFL, F_SETOWN, F_SETSIG, F_SETOWN_EX] = [0, 3, 4, 8, 10, 15];
      for (const command of [F_GETFL, F_SETFL]) assert.equal(cell('fcntl', 3, command), ALLOW);
      for (const command of [F_DUPFD, F_SETOWN, F_SETSIG, F_SETOWN_EX]) {
        assert.equal(cell('fcntl', 3, command), EPERM);
      }
      for (const command of [F_SETOWN, F_SETSIG, F_SETOWN_EX]) {
        assert.equal(broker('fcntl', 3, command), EPERM);
      }
    });

    it('no memory of cell or broker becomes executable', () => {
      for (const filter of [cell, broker]) {
        for (const call of ['mmap', 'mprotect']) {
          for (const readWrite of [0, 1, 3]) assert.equal(filter(call, 0, 4096, readWrite), ALLOW);
          for (const executable of [4, 5, 7, HIGH | 7n]) {
            assert.equal(filter(call, 0, 4096, executable), EPERM);
          }
        }
      }
    });

    it('prctl names threads and mappings, and undoes nothing', () => {
      for (const filter of [cell, broker]) {
        for (const allowed of [15, 0x53564d41]) assert.equal(filter('prctl', allowed), ALLOW);
        for (const refused of [1, 4, 8, 22, 24, 28, 38, 47, 59, 65, 15n | HIGH]) {
          assert.equal(filter('prctl', refused), EPERM, String(refused));
        }
      }
    });

    it('each call of the table has its answer in the spawner', () => {
      for (const call of calls) {
        if (SPAWNER_BY_ARGUMENTS.includes(call)) continue;
        const refused = SPAWNER_REFUSED.includes(call) ? EPERM : ALLOW;
        assert.equal(spawner(call), SPAWNER_ENOSYS.includes(call) ? ENOSYS : refused, call);
      }
    });

    it('the spawner makes processes, no namespaces, and Unix sockets alone', () => {
      for (const flags of [SIGCHLD, THREAD, 0x01200011])
        assert.equal(spawner('clone', flags), ALLOW);
      for (const bit of [17, 25, 26, 27, 28, 29, 30]) {
        assert.equal(spawner('clone', SIGCHLD + 2 ** bit), EPERM, `bit ${bit}`);
        assert.equal(spawner('clone', BigInt(SIGCHLD + 2 ** bit) | HIGH), EPERM, `bit ${bit}`);
      }
      for (const call of ['socket', 'socketpair']) {
        assert.equal(spawner(call, 1, 1, 0), ALLOW);
        for (const family of [2, 10, 16, 17, 38, 40, 2n | HIGH, 1n | HIGH]) {
          assert.equal(spawner(call, family, 1, 0), EPERM);
        }
      }
    });

    it('each call of the table has its answer in the broker', () => {
      for (const call of calls) {
        const expected = BROKER_ANY_ARGUMENTS.includes(call)
          ? ALLOW
          : BROKER_ENOSYS.includes(call)
            ? ENOSYS
            : EPERM;
        if (['sendto', 'sendmsg'].includes(call)) continue;
        assert.equal(broker(call, ...wrong), expected, call);
        if (!BROKER_BY_ARGUMENTS.includes(call)) assert.equal(broker(call), expected, call);
      }
    });

    it('the broker opens Unix sockets and TCP over IPv4, and no other', () => {
      const [UNIX, INET, STREAM, DATAGRAM, FLAGS] = [1, 2, 1, 2, 0x80800];
      for (const [family, type] of [
        [UNIX, STREAM],
        [UNIX, DATAGRAM],
        [INET, STREAM],
      ] as const) {
        assert.equal(broker('socket', family, type, 0), ALLOW);
        assert.equal(broker('socket', family, type | FLAGS, 0), ALLOW);
      }
      for (const [family, type, protocol] of [
        [INET, DATAGRAM, 0],
        [INET, 3, 1],
        [INET, STREAM, 262],
        [INET, STREAM, 132],
        [UNIX, 5, 0],
        [10, STREAM, 0],
        [16, 3, 0],
        [17, 3, 0],
        [40, STREAM, 0],
        [43, STREAM, 0],
      ] as const) {
        assert.equal(broker('socket', family, type, protocol), EPERM, `${family} ${type}`);
        assert.equal(broker('socket', family, type | FLAGS, protocol), EPERM, `${family} ${type}`);
      }
      assert.equal(broker('socket', BigInt(INET) | HIGH, STREAM, 0), EPERM);
    });

    it('the broker connects by connect alone, where Landlock sees the port', () => {
      const FAST_OPEN = 0x20000000;
      assert.equal(broker('sendmsg', 5, 1, 0x4000), ALLOW);
      assert.equal(broker('sendto', 5, 1, 1, 0x4000), ALLOW);
      assert.equal(broker('sendmsg', 5, 1, FAST_OPEN), EPERM);
      assert.equal(broker('sendto', 5, 1, 1, FAST_OPEN | 0x4000), EPERM);
    });

    it('the broker starts threads, no process, and signals itself or through a pidfd', () => {
      assert.equal(broker('clone', THREAD), ALLOW);
      assert.equal(broker('clone', 0x01200011), EPERM);
      assert.equal(broker('kill', OWN_PID, 9), ALLOW);
      assert.equal(broker('kill', OWN_PID + 1, 9), EPERM);
      assert.equal(broker('pidfd_send_signal', 7, 9), ALLOW);
      assert.equal(broker('pidfd_open', OWN_PID + 1), EPERM);
    });

    it('the broker reads limits and sets none, and pushes nothing into a terminal', () => {
      assert.equal(broker('prlimit64', 0, 7, 0, 99), ALLOW);
      assert.equal(broker('prlimit64', 0, 7, 99, 0), EPERM);
      const [FIONBIO, TIOCSTI, TIOCLINUX, FIOSETOWN] = [0x5421, 0x5412, 0x541c, 0x8901];
      assert.equal(broker('ioctl', 1, FIONBIO), ALLOW);
      for (const request of [TIOCSTI, TIOCLINUX, FIOSETOWN, BigInt(FIONBIO) | HIGH]) {
        assert.equal(broker('ioctl', 1, request), EPERM);
      }
      assert.equal(broker('setsockopt', 5, 6, 1), ALLOW);
      assert.equal(broker('setsockopt', 5, 1, 26), EPERM);
      assert.equal(broker('setsockopt', 5, 0, 64), EPERM);
    });

    it('no-ring answers as a kernel without io_uring, and nothing else', () => {
      for (const call of calls) {
        assert.equal(noRing(call), call === 'io_uring_setup' ? ENOSYS : ALLOW, call);
      }
    });
  });
}

describe('every shipped profile', () => {
  const ask = (name: (typeof SHIPPED)[number], architecture: number, number: number): number => {
    const program = compileSeccomp(shippedProfile(name), { architecture: 'x64', ownPid: OWN_PID });
    return interpret(program, { architecture, number, args: [] });
  };

  it('ends a process that enters by another architecture', () => {
    for (const name of SHIPPED) {
      for (const number of [0, 1, 3, 11, 0x40000000]) {
        assert.equal(ask(name, AUDIT_ARCH.i386, number), KILL);
        assert.equal(ask(name, AUDIT_ARCH.arm64, number), KILL);
      }
    }
  });

  it('ends a process that uses an x32 number', () => {
    for (const name of SHIPPED) {
      for (const number of syscallNumbers('x64').values()) {
        assert.equal(ask(name, AUDIT_ARCH.x64, number + 0x40000000), KILL);
      }
      assert.equal(ask(name, AUDIT_ARCH.x64, 0x80000000), KILL);
      assert.equal(ask(name, AUDIT_ARCH.x64, 0xffffffff), KILL);
    }
  });

  it('is far shorter than the kernel allows', () => {
    for (const name of SHIPPED) {
      for (const architecture of ['x64', 'arm64'] as const) {
        const program = compileSeccomp(shippedProfile(name), { architecture, ownPid: OWN_PID });
        assert.ok(program.length / 8 <= 500, `${name} takes ${program.length / 8}`);
      }
    }
  });
});
