import { addressOf } from './libc.ts';

const SOL_SOCKET = 1;
const SCM_RIGHTS = 1;
/** struct cmsghdr: length as size_t, level, type; aligned to eight bytes. */
const HEADER_BYTES = 16;
const DESCRIPTOR_BYTES = 4;
const MESSAGE_BYTES = 56;

const aligned = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** Room for one control message with so many descriptors. */
export const controlRoom = (count: number): Buffer =>
  Buffer.alloc(HEADER_BYTES + aligned(count * DESCRIPTOR_BYTES));

/** One control message that hands descriptors over (unix(7), SCM_RIGHTS). */
export const rightsMessage = (descriptors: readonly number[]): Buffer => {
  const bytes = controlRoom(descriptors.length);
  bytes.writeBigUInt64LE(BigInt(HEADER_BYTES + descriptors.length * DESCRIPTOR_BYTES), 0);
  bytes.writeInt32LE(SOL_SOCKET, 8);
  bytes.writeInt32LE(SCM_RIGHTS, 12);
  descriptors.forEach((descriptor, place) => {
    bytes.writeInt32LE(descriptor, HEADER_BYTES + place * DESCRIPTOR_BYTES);
  });
  return bytes;
};

/** Every descriptor in what the kernel wrote into a control buffer; all of them are open in this process. */
export const readRights = (control: Uint8Array): readonly number[] => {
  const bytes = Buffer.from(control.buffer, control.byteOffset, control.byteLength);
  const descriptors: number[] = [];
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const length = Number(bytes.readBigUInt64LE(at));
    if (length < HEADER_BYTES || at + length > bytes.length) break;
    const level = bytes.readInt32LE(at + 8);
    const rights = level === SOL_SOCKET && bytes.readInt32LE(at + 12) === SCM_RIGHTS;
    for (let from = at + HEADER_BYTES; rights && from < at + length; from += DESCRIPTOR_BYTES) {
      descriptors.push(bytes.readInt32LE(from));
    }
    at += aligned(length);
  }
  return descriptors;
};

/** struct msghdr over one run of data and one control buffer. Both must outlive the call. */
export const messageHeader = (data: Uint8Array, control: Uint8Array): MessageHeader => {
  const vector = Buffer.alloc(16);
  vector.writeBigUInt64LE(addressOf(data), 0);
  vector.writeBigUInt64LE(BigInt(data.length), 8);
  const header = Buffer.alloc(MESSAGE_BYTES);
  header.writeBigUInt64LE(addressOf(vector), 16);
  header.writeBigUInt64LE(1n, 24);
  header.writeBigUInt64LE(addressOf(control), 32);
  header.writeBigUInt64LE(BigInt(control.length), 40);
  return { header, parts: [vector, data, control] };
};

/** The structure, with what its pointers point at, so that it stays referenced as long. */
export interface MessageHeader {
  readonly header: Buffer;
  readonly parts: readonly Uint8Array[];
}

/** How much of the control buffer the kernel wrote, and the flags it set. */
export const controlLength = (header: Buffer): number => Number(header.readBigUInt64LE(40));
export const messageFlags = (header: Buffer): number => header.readInt32LE(48);
