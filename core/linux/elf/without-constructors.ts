import { Buffer } from 'node:buffer';
import type { Architecture } from '../seccomp/syscall-numbers.ts';
import { type ElfImage, notLoadable, readElfImage } from './elf-image.ts';

/** What may stand in the dynamic section, by the names of elf.h; whatever else the loader knows is refused. */
const TAG = {
  needed: 1n,
  pltBytes: 2n,
  pltTable: 3n,
  hash: 4n,
  strings: 5n,
  symbols: 6n,
  rela: 7n,
  relaBytes: 8n,
  relaEntry: 9n,
  stringBytes: 10n,
  symbolEntry: 11n,
  init: 12n,
  fini: 13n,
  soname: 14n,
  symbolic: 16n,
  pltKind: 20n,
  pltRela: 23n,
  bindNow: 24n,
  initArray: 25n,
  finiArray: 26n,
  initArrayBytes: 27n,
  finiArrayBytes: 28n,
  flags: 30n,
  relrBytes: 35n,
  relr: 36n,
  relrEntry: 37n,
  gnuHash: 0x6ffffef5n,
  versions: 0x6ffffff0n,
  relaCount: 0x6ffffff9n,
  flags1: 0x6ffffffbn,
  versionDefinitions: 0x6ffffffcn,
  versionDefinitionCount: 0x6ffffffdn,
  versionNeeds: 0x6ffffffen,
  versionNeedCount: 0x6fffffffn,
} as const;

/** A tag that no loader knows takes the place of one that is cut out. */
const CUT = 0x60000010n;
const INITIALISERS: readonly bigint[] = [TAG.init, TAG.initArray, TAG.initArrayBytes];
const KNOWN: ReadonlySet<bigint> = new Set([...Object.values(TAG), CUT]);

/** Libraries that node itself has loaded, so that none of their constructors runs again. */
const LOADED =
  /^(?:lib(?:c|m|dl|pthread)\.so\.[0-9]+|libgcc_s\.so\.1|libstdc\+\+\.so\.6|ld-linux[a-z0-9-]*\.so\.[0-9])$/;

const POINTER_BYTES = 8n;
const RELOCATION_BYTES = 24;
const SYMBOL_BYTES = 24;
const INDIRECT_FUNCTION = 10;
const INDIRECT_RELOCATION: Readonly<Record<Architecture, number>> = { x64: 37, arm64: 1032 };

/**
 * A copy of a shared object of which no code runs when it is loaded. What a compiler puts into every library
 * (`_init` and one entry, `frame_dummy`) is cut out. One that has a constructor of its own is refused, for its
 * author would wonder why it does not run, and so is everything else by which loading runs code.
 * @throws configuration saying what is refused
 */
export const withoutConstructors = (file: Uint8Array, architecture: Architecture): Buffer => {
  const image = readElfImage(Buffer.from(file), architecture);
  const bytes = entryOf(image, TAG.initArrayBytes) ?? 0n;
  const asCompiled = entryOf(image, TAG.init) === undefined ? 0n : POINTER_BYTES;
  if (bytes !== asCompiled) throw notLoadable('has constructors of its own');
  for (const { at, tag } of image.dynamic) {
    if (INITIALISERS.includes(tag)) image.bytes.writeBigInt64LE(CUT, at);
  }
  assertInert(image.bytes, architecture);
  return image.bytes;
};

/**
 * Sees that loading these bytes runs none of their code.
 * @throws configuration saying what would run
 */
export const assertInert = (file: Buffer, architecture: Architecture): void => {
  const image = readElfImage(file, architecture);
  const seen = new Set<bigint>();
  for (const { tag, value } of image.dynamic) {
    if (INITIALISERS.includes(tag)) throw notLoadable('has constructors of its own');
    if (!KNOWN.has(tag))
      throw notLoadable(`has the entry \`0x${BigInt.asUintN(64, tag).toString(16)}\``);
    if (tag === TAG.needed) assertLoaded(image, value);
    else if (tag !== CUT && seen.has(tag)) throw notLoadable('has an entry twice');
    seen.add(tag);
  }
  assertPlainRelocations(image, architecture);
};

const entryOf = ({ dynamic }: ElfImage, wanted: bigint): bigint | undefined =>
  dynamic.find(({ tag }) => tag === wanted)?.value;

const assertLoaded = (image: ElfImage, offset: bigint): void => {
  const at = image.place((entryOf(image, TAG.strings) ?? 0n) + offset, 1, 'constant');
  const name = image.bytes.toString('latin1', at, image.bytes.indexOf(0, at));
  if (!LOADED.test(name)) throw notLoadable(`needs \`${name.slice(0, 64)}\``);
};

// An indirect function is resolved by calling it, and relocations may be resolved at load. The tables must be
// constant: an earlier relocation could write the later ones, or the symbols that they name.
const assertPlainRelocations = (image: ElfImage, architecture: Architecture): void => {
  const { bytes, place } = image;
  const kind = entryOf(image, TAG.pltKind);
  if (kind !== undefined && kind !== TAG.rela) throw notLoadable('has relocations of another form');
  const symbols = entryOf(image, TAG.symbols) ?? 0n;
  for (const [table, size] of [
    [TAG.rela, TAG.relaBytes],
    [TAG.pltRela, TAG.pltBytes],
  ] as const) {
    const length = Number(entryOf(image, size) ?? 0n);
    if (length === 0) continue;
    const start = place(entryOf(image, table) ?? 0n, length, 'constant');
    for (let at = start; at + RELOCATION_BYTES <= start + length; at += RELOCATION_BYTES) {
      const type = bytes.readUInt32LE(at + 8);
      const symbol = BigInt(bytes.readUInt32LE(at + 12) * SYMBOL_BYTES);
      const info = bytes.readUInt8(place(symbols + symbol, SYMBOL_BYTES, 'constant') + 4);
      if (type === INDIRECT_RELOCATION[architecture] || (info & 15) === INDIRECT_FUNCTION) {
        throw notLoadable('has indirect functions');
      }
    }
  }
};
