// Attack 77: the machine's memory and process numbers, past every count of resident pages.
const GB = 1024 ** 3;
const PRIVATE_ANONYMOUS_NO_RESERVE = 0x4022;

const tried = (label, name, ...values) => {
  const { value, errno } = syscall(numbers.get(name), ...values);
  report(`${label}: ${errno ?? `done ${value}`}`);
  return errno === null ? value : undefined;
};

// One byte read of every 2 MB costs the kernel a page of tables each, and no resident page.
const map = (label, bytes, protection) =>
  tried(label, 'mmap', 0, bytes, protection, PRIVATE_ANONYMOUS_NO_RESERVE, -1, 0);
map('map a terabyte to read', 1024 * GB, 1);
map('map a terabyte to write', 1024 * GB, 3);
map('set a terabyte aside', 1024 * GB, 0);
map('map four gigabytes to read', 4 * GB, 1);
const page = map('map a page', 4096, 3);
tried('grow it to a terabyte', 'mremap', page, 4096, 1024 * GB, 1);
