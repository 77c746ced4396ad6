import { closeSync, openSync, readSync } from 'node:fs';

const PT_INTERP = 3;
const HEAD_BYTES = 64 * 1024;

/**
 * The program loader that the kernel runs for a 64-bit little-endian binary (elf(5), PT_INTERP);
 * undefined for one that is linked statically, or is no such binary.
 */
export const elfInterpreter = (binary: string): string | undefined => {
  const head = readHead(binary);
  if (head.length < 64 || head.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') return undefined;
  const table = Number(head.readBigUInt64LE(32));
  const size = head.readUInt16LE(54);
  const count = head.readUInt16LE(56);
  for (let at = table; at < table + size * count && at + 56 <= head.length; at += size) {
    if (head.readUInt32LE(at) !== PT_INTERP) continue;
    const start = Number(head.readBigUInt64LE(at + 8));
    const length = Number(head.readBigUInt64LE(at + 32));
    // The text ends with a NUL that belongs to it.
    return head.toString('utf8', start, Math.min(start + length - 1, head.length));
  }
  return undefined;
};

const readHead = (binary: string): Buffer => {
  const descriptor = openSync(binary, 'r');
  try {
    const head = Buffer.alloc(HEAD_BYTES);
    return head.subarray(0, readSync(descriptor, head, 0, HEAD_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
};
