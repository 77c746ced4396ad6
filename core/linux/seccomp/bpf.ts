/**
 * Classic BPF as seccomp runs it (linux/filter.h, linux/seccomp.h): one accumulator, forward jumps of at
 * most 255 instructions, and a packed record of the call to load 32-bit words from.
 */
export interface Instruction {
  readonly code: number;
  /** Instructions to skip where the comparison holds, and where it does not. */
  readonly jt: number;
  readonly jf: number;
  readonly k: number;
}

export const BPF = {
  /** A = word at offset k of the record. */
  load: 0x20,
  /** A = A & k. */
  and: 0x54,
  /** Skips k instructions. */
  jump: 0x05,
  equal: 0x15,
  greater: 0x25,
  greaterOrEqual: 0x35,
  /** The answer is k. */
  answer: 0x06,
} as const;

/** Farthest conditional jump: its offset is one byte. */
export const MAX_JUMP = 255;
/** BPF_MAXINSNS. */
export const MAX_INSTRUCTIONS = 4096;
const INSTRUCTION_BYTES = 8;

/** `struct seccomp_data`: the number at 0, the architecture at 4, arguments from 16 on, low word first. */
export const RECORD = {
  number: 0,
  architecture: 4,
  argumentLow: (index: number): number => 16 + 8 * index,
  argumentHigh: (index: number): number => 20 + 8 * index,
} as const;

export const ANSWER = {
  allow: 0x7fff0000,
  errno: 0x00050000,
  killProcess: 0x80000000,
} as const;

/** An instruction without jumps. */
export const plain = (code: number, k: number): Instruction => ({ code, jt: 0, jf: 0, k });

/** `struct sock_filter` after `struct sock_filter`, little endian as both architectures are. */
export const encodeProgram = (program: readonly Instruction[]): Uint8Array => {
  const bytes = Buffer.alloc(program.length * INSTRUCTION_BYTES);
  for (const [index, { code, jt, jf, k }] of program.entries()) {
    const at = index * INSTRUCTION_BYTES;
    bytes.writeUInt16LE(code, at);
    bytes.writeUInt8(jt, at + 2);
    bytes.writeUInt8(jf, at + 3);
    bytes.writeUInt32LE(k, at + 4);
  }
  return bytes;
};
