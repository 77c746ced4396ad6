// Attacks 204 and 210: memory that is writable and executable, and filters that look at one half of an argument.
const PAGE = 4096;
const PRIVATE_ANONYMOUS = 0x22;
const HIGH = 0x1_0000_0000n;
const SIGKILL = 9n;
const THREAD = 0x003d0f00n;
const OWN = BigInt(process.pid);

const tried = (label, name, ...values) => {
  const number = numbers.get(name);
  if (number === undefined) return;
  const { value, errno } = syscall(number, ...values);
  report(`${label}: ${errno ?? `done ${value}`}`);
};

tried('map writable and executable', 'mmap', 0, PAGE, 7, PRIVATE_ANONYMOUS, -1, 0);
tried('map executable', 'mmap', 0, PAGE, 5, PRIVATE_ANONYMOUS, -1, 0);
tried('map executable, high half set', 'mmap', 0, PAGE, HIGH | 7n, PRIVATE_ANONYMOUS, -1, 0);
const { value: page } = syscall(numbers.get('mmap'), 0, PAGE, 3, PRIVATE_ANONYMOUS, -1, 0);
tried('make a page executable', 'mprotect', page, PAGE, 5);
tried('make it all', 'mprotect', page, PAGE, 7);
tried('make it executable, high half set', 'mprotect', page, PAGE, HIGH | 5n);
tried('make it executable with a key', 'pkey_mprotect', page, PAGE, 5, -1);
tried('remap_file_pages', 'remap_file_pages', page, PAGE, 0, 0, 0);
tried('mseal', 'mseal', page, PAGE, 0);
tried('mlockall', 'mlockall', 1);
tried('set_mempolicy', 'set_mempolicy', 0, 0, 0);

// allowed with one value alone: the same low half, and something in the high one
tried('clone of a thread, high half set', 'clone', HIGH | THREAD, 0, 0, 0, 0);
tried('name a thread, high half set', 'prctl', HIGH | 15n, new Uint8Array(16));
tried('signal to itself, high half set', 'kill', HIGH | OWN, SIGKILL);
tried('kill itself with a high half', 'kill', OWN, HIGH | SIGKILL);
tried('tgkill itself, high half set', 'tgkill', HIGH | OWN, OWN, 0);
tried('flags of the channel, high half set', 'fcntl', 3, HIGH | 3n);
// the same low half, and a negative number
tried('clone of a thread, negative', 'clone', -HIGH | THREAD, 0, 0, 0, 0);
tried('name a thread, negative', 'prctl', -HIGH | 15n, new Uint8Array(16));
