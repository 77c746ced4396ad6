// Attack 209: one x32 call, an x86-64 call with bit 30 set. The process must die of it.
const call = globalThis.call ?? 'openat';
const X32 = 0x40000000;
const { value, errno } = syscall(X32 + numbers.get(call), -100, '/', 0);
report(`x32 ${call}: ${errno ?? `done ${value}`}`);
