// Attack 204, and 206: every way to a peer, and to its descriptors, by raw system calls.
const CHANNEL = 3;
const room = new Uint8Array(256);
const size = new Uint8Array([128, 0, 0, 0]);
const pair = new Uint8Array(8);

const tried = (label, name, ...values) => {
  const number = numbers.get(name);
  if (number === undefined) return;
  const { value, errno } = syscall(number, ...values);
  report(`${label}: ${errno ?? `done ${value}`}`);
};

const families = { unix: 1, inet: 2, inet6: 10, netlink: 16, packet: 17, alg: 38, vsock: 40 };
for (const [family, number] of Object.entries(families)) {
  for (const [kind, type] of Object.entries({ stream: 1, datagram: 2, raw: 3 })) {
    tried(`socket ${family} ${kind}`, 'socket', number, type, 0);
  }
}
tried('socketpair', 'socketpair', 1, 1, 0, pair);
// 127.0.0.1:8480, and an abstract socket
const loopback = new Uint8Array([2, 0, 0x21, 0x20, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
const abstract = new Uint8Array([1, 0, 0, 115, 101, 99]);
tried('connect to loopback', 'connect', CHANNEL, loopback, loopback.length);
tried('connect to an abstract socket', 'connect', CHANNEL, abstract, abstract.length);
tried('bind', 'bind', CHANNEL, abstract, abstract.length);
tried('listen', 'listen', CHANNEL, 1);
tried('accept', 'accept', CHANNEL, 0, 0);
tried('accept4', 'accept4', CHANNEL, 0, 0, 0);
tried('sendto', 'sendto', CHANNEL, room, 1, 0, loopback, loopback.length);
tried('recvfrom', 'recvfrom', CHANNEL, room, 1, 0x40, 0, 0);
tried('getpeername', 'getpeername', CHANNEL, room, size);
tried('getsockname', 'getsockname', CHANNEL, room, size);
tried('getsockopt SO_PEERCRED', 'getsockopt', CHANNEL, 1, 17, room, size);
tried('setsockopt SO_PASSCRED', 'setsockopt', CHANNEL, 1, 16, size, 4);
tried('shutdown', 'shutdown', CHANNEL, 0);

// A descriptor over the channel takes sendmsg: struct msghdr with one byte and SCM_RIGHTS of descriptor 1.
const header = new Uint8Array(56);
tried('sendmsg with a descriptor', 'sendmsg', CHANNEL, header, 0);
tried('sendmmsg', 'sendmmsg', CHANNEL, header, 1, 0);
tried('recvmsg', 'recvmsg', CHANNEL, header, 0x40);
tried('recvmmsg', 'recvmmsg', CHANNEL, header, 1, 0x40, 0);

// copies of what is open already, and new things to wait on or write to
tried('dup', 'dup', CHANNEL);
tried('dup2', 'dup2', CHANNEL, 90);
tried('dup3', 'dup3', CHANNEL, 90, 0);
tried('duplicate by fcntl', 'fcntl', CHANNEL, 0, 90);
tried('own the signals by fcntl', 'fcntl', CHANNEL, 8, process.ppid);
tried('pidfd_getfd', 'pidfd_getfd', CHANNEL, 0, 0);
tried('pipe', 'pipe', pair);
tried('pipe2', 'pipe2', pair, 0);
tried('eventfd2', 'eventfd2', 0, 0);
tried('epoll_create1', 'epoll_create1', 0);
tried('signalfd4', 'signalfd4', -1, room, 8, 0);
tried('timerfd_create', 'timerfd_create', 0, 0);
tried('memfd_create', 'memfd_create', 'secai', 1);
tried('memfd_secret', 'memfd_secret', 0);
tried('io_uring_setup', 'io_uring_setup', 1, room);
tried('io_uring_enter', 'io_uring_enter', CHANNEL, 1, 0, 0, 0);
tried('io_uring_register', 'io_uring_register', CHANNEL, 0, 0, 0);
tried('io_setup', 'io_setup', 1, room);

// shared memory and messages of the machine
tried('shmget', 'shmget', 0, 4096, 0o1600);
tried('shmat', 'shmat', 0, 0, 0);
tried('semget', 'semget', 0, 1, 0o1600);
tried('msgget', 'msgget', 0, 0o1600);
tried('add_key', 'add_key', 'user', 'secai', room, 1, -3);
tried('request_key', 'request_key', 'user', 'secai', 0, -3);
tried('keyctl', 'keyctl', 0, -3, 1);
