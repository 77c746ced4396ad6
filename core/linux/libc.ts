import koffi from 'koffi';
import { LinuxError } from './linux-error.ts';

const library = koffi.load(null);

/** What crosses to C: integers, strings that `cString` checked, buffers, and one-element boxes. */
export type NativeArgument = number | string | Uint8Array | number[];
export type NativeCall = (...args: readonly NativeArgument[]) => number;

/**
 * Binds one C function that answers -1 and sets errno when it fails.
 * @throws LinuxError with errno's name, when the bound function is called and fails
 */
export const bindNative = (name: string, prototype: string): NativeCall => {
  const native = library.func(prototype);
  return (...args) => {
    const result = Number(native(...args));
    if (result < 0) throw new LinuxError(name, errnoName(koffi.errno()));
    return result;
  };
};

const NAMES: ReadonlyMap<number, string> = new Map(
  Object.entries(koffi.os.errno).map(([name, value]) => [value, name]),
);
const errnoName = (errno: number): string => NAMES.get(errno) ?? `E${errno}`;

// The attacker controls names. A C string ends at its first NUL, so a name with one would be opened as
// another; a lone surrogate would be replaced on the way to UTF-8. Both are refused here too (attack 92).

/** The text, fit to become a C string that reads back as the same text. */
export const cString = (text: string): string => {
  if (text.includes('\0') || !text.isWellFormed()) throw new LinuxError('path', 'EINVAL');
  return text;
};
