import type { ReadHandle } from '../plugin-types.ts';
import type { Hash } from './hash.ts';
import { makeSha256 } from './sha256.ts';
import { makeSha512 } from './sha512.ts';

interface VerifyInput {
  readonly path: string;
  /** 64 hex digits for SHA-256, 128 for SHA-512. */
  readonly expected: string;
}

interface VerifyOutput {
  readonly path: string;
  readonly algorithm: 'sha256' | 'sha512';
  readonly actual: string;
  readonly matches: boolean;
  readonly size: number;
}

/** Bytes of one read: a multiple of both block sizes. */
const PIECE = 262_144;

const verify = async (
  { path, expected }: VerifyInput,
  { path: file }: { readonly path: ReadHandle },
): Promise<VerifyOutput> => {
  const wanted = expected.toLowerCase();
  const algorithm = wanted.length === 128 ? 'sha512' : 'sha256';
  const hash: Hash = algorithm === 'sha512' ? makeSha512() : makeSha256();
  let size = 0;
  let read = 0;
  do {
    const piece = await file.read({ encoding: 'base64', offset: read, length: PIECE });
    if (piece.bytes === 0 && read < piece.size)
      throw new Error('the file changed while it was read');
    hash.add(bytesOf(piece.content));
    size = piece.size;
    read += piece.bytes;
  } while (read < size);
  const actual = hash.hex();
  return { path, algorithm, actual, matches: actual === wanted, size };
};

const bytesOf = (base64: string): Uint8Array => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
};

export const tools = { 'hash.verify': verify };
