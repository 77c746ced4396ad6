import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { SecretFilePower, SecretFileRead } from '../secret-file.ts';

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Reads small secret files; synchronous, because a request may not be answered before its token is known. */
export const makeSecretFilesPowers = (): SecretFilePower =>
  Object.freeze({ ownUid: process.geteuid?.() ?? -1, read });

const read = (path: string, most: number): SecretFileRead => {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, FLAGS);
    const facts = fstatSync(descriptor);
    const regular = facts.isFile();
    return {
      kind: 'open',
      regular,
      links: facts.nlink,
      mode: facts.mode & 0o7777,
      uid: facts.uid,
      size: facts.size,
      bytes: regular ? readUpTo(descriptor, most) : Buffer.alloc(0),
    };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return code === 'ENOENT' ? { kind: 'absent' } : { kind: 'unreadable', reason: reasonOf(code) };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
};

const reasonOf = (code: string): string => (code === 'ELOOP' ? 'a symbolic link' : code);

const readUpTo = (descriptor: number, most: number): Uint8Array => {
  const buffer = Buffer.alloc(most);
  let length = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, length, most - length, null);
    length += count;
    if (count === 0 || length === most) return buffer.subarray(0, length);
  }
};
