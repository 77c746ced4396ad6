// Attack 204: programs, processes, signals, rights and the kernel itself. `targets` are processes to turn on.
const targets = globalThis.targets ?? [process.ppid];
const room = new Uint8Array(256);
const SIGCHLD = 17;
const SIGKILL = 9;

const tried = (label, name, ...values) => {
  const number = numbers.get(name);
  if (number === undefined) return;
  const { value, errno } = syscall(number, ...values);
  // A child of a cell must not go on with this text.
  if (value === 0 && label.startsWith('fork')) syscall(numbers.get('exit_group'), 0);
  report(`${label}: ${errno ?? `done ${value}`}`);
};

// programs
tried('execve', 'execve', '/bin/true', 0, 0);
tried('execveat', 'execveat', -100, '/bin/true', 0, 0, 0);
tried('execveat of a descriptor', 'execveat', 3, '', 0, 0, 0x1000);

// processes
tried('fork', 'fork');
tried('fork by clone', 'clone', SIGCHLD, 0, 0, 0, 0);
tried('fork by clone, waiting', 'clone', 0x4000 | SIGCHLD, 0, 0, 0, 0);
tried('fork by clone, with the parent of the parent', 'clone', 0x8000 | SIGCHLD, 0, 0, 0, 0);
const namespaces = { user: 0x10000000, net: 0x40000000, mount: 0x20000, pid: 0x20000000 };
for (const [kind, flag] of Object.entries(namespaces)) {
  tried(`fork into a ${kind} namespace`, 'clone', flag | SIGCHLD, 0, 0, 0, 0);
  tried(`unshare ${kind}`, 'unshare', flag);
}
tried('setns', 'setns', 3, 0);
tried('clone3', 'clone3', room, 88);
tried('wait4', 'wait4', -1, 0, 1, 0);
tried('setsid', 'setsid');
tried('setpgid', 'setpgid', 0, 0);

// other processes; everybody at once is only asked about
tried('ptrace, to be traced', 'ptrace', 0, 0, 0, 0);
tried('signal to everybody', 'kill', -1, 0);
tried('signal to the own group', 'kill', 0, 0);
tried('pidfd_open of itself', 'pidfd_open', process.pid, 0);
tried('pidfd_send_signal', 'pidfd_send_signal', 3, SIGKILL, 0, 0);
for (const pid of targets) {
  tried(`kill ${pid}`, 'kill', pid, SIGKILL);
  tried(`tkill ${pid}`, 'tkill', pid, SIGKILL);
  tried(`tgkill ${pid}`, 'tgkill', pid, pid, SIGKILL);
  tried(`rt_sigqueueinfo ${pid}`, 'rt_sigqueueinfo', pid, SIGKILL, room);
  tried(`rt_tgsigqueueinfo ${pid}`, 'rt_tgsigqueueinfo', pid, pid, SIGKILL, room);
  tried(`pidfd_open ${pid}`, 'pidfd_open', pid, 0);
  tried(`ptrace attach ${pid}`, 'ptrace', 16, pid, 0, 0);
  tried(`ptrace seize ${pid}`, 'ptrace', 0x4206, pid, 0, 0);
  tried(`process_vm_readv ${pid}`, 'process_vm_readv', pid, room, 1, room, 1, 0);
  tried(`process_vm_writev ${pid}`, 'process_vm_writev', pid, room, 1, room, 1, 0);
  tried(`process_madvise ${pid}`, 'process_madvise', pid, room, 1, 4, 0);
  tried(`kcmp ${pid}`, 'kcmp', process.pid, pid, 0, 0, 0);
  tried(`prlimit64 ${pid}`, 'prlimit64', pid, 7, 0, room);
  tried(`setpriority ${pid}`, 'setpriority', 0, pid, 19);
  tried(`sched_setaffinity ${pid}`, 'sched_setaffinity', pid, 8, room);
  tried(`sched_setscheduler ${pid}`, 'sched_setscheduler', pid, 5, room);
  tried(`migrate_pages ${pid}`, 'migrate_pages', pid, 0, 0, 0);
  tried(`get_robust_list ${pid}`, 'get_robust_list', pid, room, room);
}

// its own rights and limits
tried('setuid', 'setuid', 0);
tried('setgid', 'setgid', 0);
tried('setresuid', 'setresuid', 0, 0, 0);
tried('setgroups', 'setgroups', 0, 0);
tried('capset', 'capset', room, room);
tried('setrlimit', 'setrlimit', 4, new Uint8Array(16).fill(255));
tried('personality', 'personality', 0x0040000);
tried('arch_prctl', 'arch_prctl', 0x1002, 0);
tried('seccomp', 'seccomp', 2, 0, new Uint8Array(4));
const controls = {
  'become dumpable': [4, 1],
  'keep capabilities': [8, 1],
  'take back no_new_privs': [38, 0],
  'take back mdwe': [65, 0],
  'install a filter': [22, 2, 0],
  'change its name in memory': [35, 1, 0],
  'let anyone trace it': [0x59616d61, -1],
  speculation: [53, 0, 2],
  'be a reaper': [36, 1],
  'be told of the end of its parent': [1, 9],
  'raise an ambient capability': [47, 2, 21],
  'choose how system calls work': [59, 1, 0, 0, 0],
};
for (const [label, values] of Object.entries(controls)) {
  tried(`prctl ${label}`, 'prctl', ...values);
}

// the kernel
tried('bpf', 'bpf', 0, room, room.length);
tried('userfaultfd', 'userfaultfd', 1);
tried('perf_event_open', 'perf_event_open', room, 0, -1, -1, 0);
tried('init_module', 'init_module', room, 0, '');
tried('finit_module', 'finit_module', 3, '', 0);
tried('delete_module', 'delete_module', 'secai-no-such-module', 0);
tried('kexec_load', 'kexec_load', 0, 1, 0, 0);
tried('reboot', 'reboot', 0, 0, 0, 0);
tried('syslog', 'syslog', 10, 0, 0);
tried('iopl', 'iopl', 0);
tried('ioperm', 'ioperm', 0, 1, 0);
tried('modify_ldt', 'modify_ldt', 0, room, 16);
tried('sethostname', 'sethostname', 0, 5);
tried('clock_settime', 'clock_settime', 0, 0);
tried('adjtimex', 'adjtimex', room);
tried('vhangup', 'vhangup');
tried('lookup_dcookie', 'lookup_dcookie', 0, room, 8);
