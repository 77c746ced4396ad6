import type { Buffer } from 'node:buffer';
import { AgentError } from '../../vocabulary/errors.ts';
import type { Architecture } from '../seccomp/syscall-numbers.ts';

/** A shared object as the loader will see it: which bytes of the file lie at which address. */
export interface ElfImage {
  readonly bytes: Buffer;
  /** Entries of the dynamic section up to its end mark. */
  readonly dynamic: readonly DynamicEntry[];
  /** Where in the file the bytes at an address come from. @throws configuration outside the loaded parts */
  readonly place: (address: bigint, size: number, want?: 'constant') => number;
}

export interface DynamicEntry {
  /** Where the entry stands in the file. */
  readonly at: number;
  readonly tag: bigint;
  readonly value: bigint;
}

interface Segment {
  readonly type: number;
  readonly flags: number;
  readonly offset: bigint;
  readonly address: bigint;
  readonly fileSize: bigint;
  readonly memorySize: bigint;
  readonly align: bigint;
}

const SEGMENT_BYTES = 56;
const ENTRY_BYTES = 16;
const MOST_SEGMENTS = 64;
const TYPE_SHARED = 3;
const MACHINES: Readonly<Record<Architecture, number>> = { x64: 62, arm64: 183 };
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const PT_GNU_STACK = 0x6474e551;
const EXECUTABLE = 1;
const WRITABLE = 2;

export const notLoadable = (reason: string): AgentError =>
  new AgentError({ code: 'configuration', message: `shared object: ${reason}` });

// Whoever wrote the file is the attacker, and the loader reads more than its author's tools write. Two readings
// of one file must not differ, so whatever leaves room for a second one is refused: parts that overlap in
// memory, a second dynamic section, one that is mapped from elsewhere than where its header says.

/** @throws configuration saying what is refused */
export const readElfImage = (bytes: Buffer, architecture: Architecture): ElfImage => {
  if (bytes.length < 64 || bytes.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') {
    throw notLoadable('not a 64-bit elf file');
  }
  if (bytes.readUInt16LE(16) !== TYPE_SHARED || bytes.readUInt16LE(18) !== MACHINES[architecture]) {
    throw notLoadable(`not a shared library for \`${architecture}\``);
  }
  const segments = readSegments(bytes);
  const loaded = segments.filter(({ type }) => type === PT_LOAD);
  assertApart(loaded);
  if (loaded.some(({ flags }) => (flags & 3) === (EXECUTABLE | WRITABLE))) {
    throw notLoadable('a part is writable and executable');
  }
  const stacks = segments.filter(({ type }) => type === PT_GNU_STACK);
  if (stacks.length !== 1 || stacks.some(({ flags }) => (flags & EXECUTABLE) !== 0)) {
    throw notLoadable('wants an executable stack');
  }
  const place: ElfImage['place'] = (address, size, want) => {
    const home = loaded.find(
      (part) => part.address <= address && address + BigInt(size) <= part.address + part.fileSize,
    );
    if (home === undefined) throw notLoadable('refers to what it does not load');
    if (want === 'constant' && (home.flags & WRITABLE) !== 0) {
      throw notLoadable('a table of the loader is writable');
    }
    return Number(home.offset + address - home.address);
  };
  return { bytes, dynamic: readDynamic(bytes, segments, place), place };
};

const readSegments = (bytes: Buffer): readonly Segment[] => {
  const count = bytes.readUInt16LE(56);
  const table = bytes.readBigUInt64LE(32);
  const end = table + BigInt(count * SEGMENT_BYTES);
  if (bytes.readUInt16LE(54) !== SEGMENT_BYTES || count > MOST_SEGMENTS || end > bytes.length) {
    throw notLoadable('program headers are not where they should be');
  }
  return Array.from({ length: count }, (_, index) => {
    const at = Number(table) + index * SEGMENT_BYTES;
    const segment: Segment = {
      type: bytes.readUInt32LE(at),
      flags: bytes.readUInt32LE(at + 4),
      offset: bytes.readBigUInt64LE(at + 8),
      address: bytes.readBigUInt64LE(at + 16),
      fileSize: bytes.readBigUInt64LE(at + 32),
      memorySize: bytes.readBigUInt64LE(at + 40),
      align: bytes.readBigUInt64LE(at + 48),
    };
    const { offset, fileSize, memorySize, address } = segment;
    if (offset + fileSize > bytes.length || memorySize < fileSize || address > HIGHEST_ADDRESS) {
      throw notLoadable('a part reaches beyond the file');
    }
    return segment;
  });
};

const HIGHEST_ADDRESS = 0x7fff_ffff_ffffn;

const assertApart = (loaded: readonly Segment[]): void => {
  let end = 0n;
  for (const { address, memorySize, offset, align } of loaded) {
    if (align < 4096n || (align & (align - 1n)) !== 0n || (address - offset) % align !== 0n) {
      throw notLoadable('a part is not aligned');
    }
    const first = address & -align;
    if (first < end) throw notLoadable('parts overlap');
    end = (address + memorySize + align - 1n) & -align;
  }
};

const readDynamic = (
  bytes: Buffer,
  segments: readonly Segment[],
  place: ElfImage['place'],
): readonly DynamicEntry[] => {
  const [section, second] = segments.filter(({ type }) => type === PT_DYNAMIC);
  if (section === undefined || second !== undefined) {
    throw notLoadable('expected one dynamic section');
  }
  const { address, offset, fileSize } = section;
  if (BigInt(place(address, Number(fileSize))) !== offset) {
    throw notLoadable('the dynamic section is mapped from elsewhere');
  }
  const entries: DynamicEntry[] = [];
  const start = Number(offset);
  for (let at = start; at + ENTRY_BYTES <= start + Number(fileSize); at += ENTRY_BYTES) {
    const tag = bytes.readBigInt64LE(at);
    if (tag === 0n) return entries;
    entries.push({ at, tag, value: bytes.readBigUInt64LE(at + 8) });
  }
  throw notLoadable('the dynamic section has no end');
};
