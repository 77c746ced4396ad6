import koffi from 'koffi';
import { LinuxError } from './linux-error.ts';

const library = koffi.load(null);

/** What crosses to C: integers, strings that `cString` checked, buffers, one-element boxes, and NULL. */
export type NativeArgument = number | bigint | string | Uint8Array | number[] | null;
export type NativeCall = (...args: readonly NativeArgument[]) => number;

/**
 * Binds one C function that answers -1 and sets errno when it fails.
 * @throws LinuxError with errno's name, when the bound function is called and fails
 */
export const bindNative = (name: string, prototype: string): NativeCall => {
  const attempt = bindAttempt(prototype);
  return (...args) => {
    const { value, errno } = attempt(...args);
    if (errno !== null) throw new LinuxError(name, errno);
    return value;
  };
};

/** What a call answered, and errno's name where it failed. */
export interface Attempt {
  readonly value: number;
  readonly errno: string | null;
}

/** Binds one C function whose failure is an answer like any other. */
export const bindAttempt = (
  prototype: string,
): ((...args: readonly NativeArgument[]) => Attempt) => {
  const native = library.func(prototype);
  return (...args) => {
    const value = Number(native(...args));
    return { value, errno: value < 0 ? errnoName(koffi.errno()) : null };
  };
};

/**
 * Where the bytes lie, for a structure that holds a pointer. Node keeps no typed array on V8's heap, so
 * the bytes never move; the caller keeps them referenced until the call has returned.
 */
export const addressOf = (bytes: Uint8Array): bigint => koffi.address(bytes);

// Three numbers have two names each. The first one stands, which is also Node's: nobody asks for the other.
const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(koffi.os.errno)
    .reverse()
    .map(([name, value]) => [value, name]),
);
/** The name of an error number, as in errno(3). */
export const errnoName = (errno: number): string => NAMES.get(errno) ?? `E${errno}`;

// The attacker controls names. A C string ends at its first NUL, so a name with one would be opened as
// another; a lone surrogate would be replaced on the way to UTF-8. Both are refused here too (attack 92).

/** The text, fit to become a C string that reads back as the same text. */
export const cString = (text: string): string => {
  if (text.includes('\0') || !text.isWellFormed()) throw new LinuxError('path', 'EINVAL');
  return text;
};
